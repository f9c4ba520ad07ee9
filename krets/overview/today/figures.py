"""How the association goes, in one sentence and one line: members now, joined and left."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone

from krets.register.members.models import Membership

MONTHS = 12
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


def members_of(unit, today):
    """Return the association's members in figures, None before there are any. Three statements.

    Counts begin when Krets first knew of members here: whoever left before that is unknown, so an
    earlier month would look smaller than it was.
    """
    memberships = Membership.objects.of(unit)
    known = memberships.aggregate(first=Min("learned_at"))["first"]
    if known is None:
        return None
    since = max(timezone.localdate(known), date(today.year, 1, 1))
    counted = memberships.aggregate(
        now=Count("pk", filter=Q(left_on=None)),
        joined=Count("pk", filter=Q(joined_on__gte=since)),
        left=Count(
            "pk",
            filter=Q(left_on__gte=since) & ~Q(left_reason=Membership.Reason.DECEASED),
        ),
    )
    months = _months(memberships, counted["now"], timezone.localdate(known), today)
    return Members(
        **counted, since=since, whole_year=since == date(today.year, 1, 1), months=months
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


def _months(memberships, now, known, today):
    """Return [(last day of the month, or today, members then)], oldest first."""
    ends = [today]
    while len(ends) < MONTHS and (end := ends[-1].replace(day=1) - timedelta(days=1)) >= known:
        ends.append(end)
    begin = ends[-1]
    joined = _flow(memberships.filter(joined_on__gt=begin), "joined_on")
    left = _flow(memberships.filter(left_on__gt=begin), "left_on")
    numbers, number = [], now
    for end in ends:
        numbers.append((end, number))
        month = end.replace(day=1)
        number += left[month] - joined[month]
    return numbers[::-1]


def _flow(memberships, day):
    by_month = memberships.annotate(month=TruncMonth(day)).values_list("month").order_by("month")
    return Counter(dict(by_month.annotate(number=Count("pk"))))


def _span(numbers):
    # A tenth of the height at least, so that one member more does not look like a landslide.
    low, high = min(numbers), max(numbers)
    least = max(4, high // 10)
    if high - low < least:
        middle = (high + low) / 2
        return middle - least / 2, middle + least / 2
    return low, high
