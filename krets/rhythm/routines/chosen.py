"""What an association has chosen: which routines run, and with which days."""

from dataclasses import dataclass

from krets.register.organisation.queries import settings_of

CAMPAIGN = "rhythm.campaign"


@dataclass(frozen=True)
class Chosen:
    """An association's own values over those declared in code."""

    values: dict

    @classmethod
    def by(cls, unit):
        """Return what the unit has chosen. One statement."""
        return cls(settings_of(unit))

    @property
    def campaign(self):
        """Whether the association is in campaign mode (valrörelse): shorter days."""
        return self.values.get(CAMPAIGN) is True

    def is_on(self, routine):
        return self.values.get(key_of(routine, "on")) is not False

    def own(self, routine):
        """Return {name: number} as the association set them, within their bounds."""
        return {name: self._number(routine, name) for name in routine.settings}

    def of(self, routine):
        """Return {name: number} as they rule today: in campaign mode the lower ones."""
        own = self.own(routine)
        if not self.campaign:
            return own
        return {name: min(value, routine.campaign.get(name, value)) for name, value in own.items()}

    def _number(self, routine, name):
        default, floor, ceiling = routine.settings[name]
        value = self.values.get(key_of(routine, name), default)
        # A bound may have been narrowed since the association chose.
        return max(floor, min(ceiling, value))


def key_of(routine, name):
    """Return under which key the association's value stands."""
    return f"routine.{routine.key}.{name}"
