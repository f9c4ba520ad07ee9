"""Every address there is. Those of an association begin with its slug, all others with `-`."""

from django.conf import settings
from django.urls import include, path, register_converter

from krets.health import healthz
from krets.kit.ui import errors
from krets.kit.ui.converters import UnitSlug
from krets.kit.ui.style import style_view
from krets.register.access.doors import open_door

register_converter(UnitSlug, "unit")

urlpatterns = [
    path("healthz", open_door("healthz")(healthz), name="healthz"),
    path("", include("krets.register.accounts.urls")),
    path("", include("krets.register.organisation.urls")),
    path("-/me/", include("krets.overview.my_page.urls")),
    path("<unit:unit>/register/", include("krets.register.urls")),
    path("<unit:unit>/rhythm/", include("krets.rhythm.urls")),
    path("<unit:unit>/office/", include("krets.office.urls")),
    path("<unit:unit>/welcome/", include("krets.welcome.urls")),
    path("<unit:unit>/", include("krets.overview.urls")),
]

if settings.DEBUG:
    urlpatterns += [
        path("style/", open_door("style")(style_view), name="style"),
        path("style/<slug:name>/", open_door("style")(style_view), name="style"),
    ]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
