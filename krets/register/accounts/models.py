"""Who signs in."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from krets.kit.numbers import random_key


class AccountManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """The sign-in (konto): an own verified address, apart from any person's e-mail.

    Never changed by an import or an officer. One account may be several persons, one in each unit.
    """

    email = models.EmailField(unique=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="sv")
    trail_key = models.BigIntegerField(default=random_key, unique=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # When a code sent to the address came back; empty as long as nobody knows that mail arrives.
    confirmed_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="account_address_is_one_in_any_case"),
        ]

    def __str__(self):
        return f"Account {self.pk}"
