"""The tree that associations stand in."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from krets.kit.commands import once
from krets.kit.numbers import random_key

SLUG = r"[a-z][a-z0-9-]*"


class Organisation(models.Model):
    """The whole party or federation (organisation); one installation usually has one."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    def __str__(self):
        return f"Organisation {self.pk}"


class UnitQuerySet(models.QuerySet):
    def of(self, unit):
        return self.filter(pk=unit.pk)

    def within(self, _scope):
        return self

    def in_turn(self, pk):
        """Return the unit; whoever else moves its calls and to-dos waits until we are through.

        Take the turn before the first of them is written, and after the person it is about. On
        SQLite there is one writer anyway.
        """
        return once(("turn", pk), lambda: self.select_for_update(no_key=True).get(pk=pk))

    def associations(self):
        return self.filter(kind=Unit.Kind.ASSOCIATION)


class Unit(models.Model):
    """A node of the organisation (enhet): the party, a district or an association.

    Its slug is its address and begins with a letter.
    """

    class Kind(models.TextChoices):
        PARTY = "party", _("Party")
        DISTRICT = "district", _("District")
        ASSOCIATION = "association", _("Association")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=200)
    slug = models.CharField(max_length=60, unique=True, validators=[RegexValidator(f"^{SLUG}$")])
    trail_key = models.BigIntegerField(default=random_key)
    created_at = models.DateTimeField()

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="unit_only_the_party_stands_alone",
                condition=Q(kind="party") | Q(parent__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Unit {self.slug}"

    @property
    def unit_id(self):
        return self.pk


class UnitSettingQuerySet(models.QuerySet):
    def of(self, unit):
        return self.filter(unit=unit)

    def within(self, _scope):
        return self


class UnitSetting(models.Model):
    """An association's own value of a setting (inställning) declared in code."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="settings")
    key = models.CharField(max_length=80)
    value = models.JSONField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("register.Account", models.SET_NULL, null=True)

    objects = UnitSettingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="unit_setting_has_one_value"),
        ]

    def __str__(self):
        return f"Setting {self.key} of unit {self.unit_id}"
