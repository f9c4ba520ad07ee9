"""Addresses of signing in. The names are those that allauth looks for."""

from django.urls import path

from krets.register.accounts import views

urlpatterns = [
    path("", views.home, name="home"),
    path("-/sign-in/", views.sign_in, name="account_login"),
    path("-/sign-in/", views.sign_in, name="account_request_login_code"),
    path("-/sign-in/code/", views.code, name="account_confirm_login_code"),
    path("-/sign-out/", views.sign_out, name="sign_out"),
    path("-/me/address/", views.address, name="my_address"),
    path("-/me/address/code/", views.address_code, name="my_address_code"),
    path("-/language/", views.language, name="language"),
    path("-/t/<str:token>/sign-in/", views.link, name="sign_in_link"),
]
