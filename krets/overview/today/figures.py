"""How the association goes, in one sentence and one line: members now, joined and left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, DateField, F, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from krets.register.members.models import Membership

POINTS = 13  # Twelve months back, so that the year's first day is always among them.
FEWEST_POINTS = 3
WIDTH, HEIGHT = 328, 112
LEFT, RIGHT, TOP, BOTTOM = 8, 284, 22, 84


@dataclass(frozen=True)
class Members:
    """How many there are, and how that came about since the day."""

    now: int
    joined: int
    left: int
    since: date
    whole_year: bool
    months: list


@dataclass(frozen=True)
class Line:
    """A line of numbers, drawn. Its places are texts: a template would write 3,5 in Swedish."""

    path: str
    dot_x: str
    dot_y: str
    first: int
    first_y: str
    last: int
    last_y: str


def members_of(unit, known_at, today):
    """Return the association's members in figures, None before there are any. One statement.

    Counts begin when Krets first knew of members here: whoever left before that is unknown, so an
    earlier month would look smaller than it was.
    """
    if known_at is None:
        return None
    memberships = Membership.objects.of(unit)
    known, year = timezone.localdate(known_at), date(today.year, 1, 1)
    ends, since = _ends(known, today), max(known, year)
    begin = min(ends[-1] + timedelta(days=1), since)
    now, joined, left = _now_and_flows(memberships, begin)
    deceased = Membership.Reason.DECEASED
    return Members(
        now=now,
        joined=sum(
            number for (month, _why), number in joined.items() if month >= since.replace(day=1)
        ),
        left=sum(
            number
            for (month, why), number in left.items()
            if month >= since.replace(day=1) and why != deceased
        ),
        since=since,
        whole_year=since == year,
        months=_months(ends, now, _by_month(joined), _by_month(left)),
    )


def drawn(months):
    """Return the line of [(day, number)], None where there are too few to say anything."""
    if len(months) < FEWEST_POINTS:
        return None
    numbers = [number for _day, number in months]
    low, high = _span(numbers)
    step = (RIGHT - LEFT) / (len(numbers) - 1)
    points = [
        (LEFT + at * step, BOTTOM - (number - low) / (high - low) * (BOTTOM - TOP))
        for at, number in enumerate(numbers)
    ]
    (_x, first_y), (dot_x, dot_y) = points[0], points[-1]
    return Line(
        path="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points),
        dot_x=f"{dot_x:.1f}",
        dot_y=f"{dot_y:.1f}",
        first=numbers[0],
        first_y=f"{first_y - 8:.1f}",
        last=numbers[-1],
        last_y=f"{dot_y + 4:.1f}",
    )


def _ends(known, today):
    """Return today and the last days of the months before it, back to the first one known."""
    ends = [today]
    while len(ends) < POINTS and (end := ends[-1].replace(day=1) - timedelta(days=1)) >= known:
        ends.append(end)
    return ends


def _months(ends, number, joined, left):
    """Return [(last day of the month, or today, members then)], oldest first."""
    numbers = []
    for end in ends:
        numbers.append((end, number))
        month = end.replace(day=1)
        number += left[month] - joined[month]
    return numbers[::-1]


def _now_and_flows(memberships, begin):
    """Return members now, and {(month, reason for leaving): how many} who joined, and who left."""
    no_day, no_reason = Value(None, output_field=DateField()), Value("", output_field=CharField())
    # The first part says of what kind the columns are.
    rows = _counted(memberships.new_from(begin).dated(), _JOINED, TruncMonth("since"), no_reason)
    rows = rows.union(
        _counted(memberships.filter(left_on__gte=begin), _LEFT, TruncMonth("left_on")),
        _counted(memberships.current(), _NOW, no_day, no_reason),
        all=True,
    )
    found = {_NOW: Counter(), _JOINED: Counter(), _LEFT: Counter()}
    for what, month, why, number in rows:
        found[what][month, why] += number
    return found[_NOW].total(), found[_JOINED], found[_LEFT]


_NOW, _JOINED, _LEFT = "now", "joined", "left"
_REASON = F("left_reason")


def _counted(memberships, what, month, reason=_REASON):
    grouped = memberships.order_by().annotate(what=Value(what), month=month, reason=reason)
    return grouped.values_list("what", "month", "reason").annotate(number=Count("pk"))


def _by_month(flow):
    months = Counter()
    for (month, _why), number in flow.items():
        months[month] += number
    return months


def _span(numbers):
    # A tenth of the height at least, so that one member more does not look like a landslide.
    low, high = min(numbers), max(numbers)
    least = max(4, high // 10)
    if high - low < least:
        middle = (high + low) / 2
        return middle - least / 2, middle + least / 2
    return low, high
