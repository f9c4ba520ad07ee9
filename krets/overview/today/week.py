"""The week of the association in figures without a name: who waits, and how old the news are."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from krets.register.access.permissions import Permission

WAITING = ("letters", "calls", "resting", "late")
# Where a figure leads for those who may open the page.
_PAGES = {
    "letters": (Permission.LETTER_PRINT, "welcome:letters:list"),
    "calls": (Permission.PATH_SEE, "welcome:path:overview"),
    "resting": (Permission.CALL_SHARE, "welcome:calls:list"),
    "late": (Permission.MEMBER_SEE, "overview:today:late"),
    "unpaid": (Permission.LEAVER_SEE, "welcome:leavers:list"),
    "file": (Permission.IMPORT_MAKE, "register:imports:list"),
}


@dataclass(frozen=True)
class Figure:
    """One figure: which, how many, and the page behind it where the viewer may open that."""

    key: str
    number: int
    address: str | None = None

    @property
    def state(self):
        return "late" if self.key == "late" else ""


@dataclass(frozen=True)
class Week:
    """Those figures that say something. `read_on` is the day of the latest member file."""

    figures: list[Figure]
    read_on: date | None

    @property
    def no_file(self):
        """Whether no member file has come in yet: that is what comes first."""
        return self.read_on is None

    @property
    def is_calm(self):
        """Whether nobody waits for anything."""
        return {figure.key for figure in self.figures}.isdisjoint(WAITING)

    @property
    def is_of_people(self):
        """Whether any figure counts people, whose names are for others to see."""
        return any(figure.key != "file" for figure in self.figures)


def week_of(viewer, numbers, today):
    """Return the week of these Numbers, with the ways that are open to the viewer."""
    if numbers.read_at is None:
        return Week([], None)
    read_on = timezone.localdate(numbers.read_at)
    told = {key: getattr(numbers, key) for key in (*WAITING, "unpaid")}
    told = {key: number for key, number in told.items() if number}
    told["file"] = (today - read_on).days
    return Week([Figure(key, told[key], _address(viewer, key)) for key in told], read_on)


def _address(viewer, key):
    permission, route = _PAGES[key]
    return reverse(route, args=[viewer.unit.slug]) if viewer.may(permission) else None
