"""What the tree of units can be asked."""

from krets.register.organisation.models import Unit, UnitSetting


def is_set_up():
    """Return whether any association stands."""
    return Unit.objects.associations().exists()


def associations():
    """Return the associations, by name."""
    return Unit.objects.associations().order_by("name", "pk")


def settings_of(unit):
    """Return the unit's own values {key: value}; for the rest the default in code holds."""
    return dict(UnitSetting.objects.of(unit).values_list("key", "value"))


def unit_called(slug):
    """Return the association with this address, or None."""
    return Unit.objects.associations().filter(slug=slug).first()
