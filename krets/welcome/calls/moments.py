"""When to ring: tomorrow, another time of day, and when it is too early or too late."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from krets.kit.ui import days

FORENOON, AFTERNOON, EVENING = "forenoon", "afternoon", "evening"
_NOON, _FIVE = 12, 17
QUIET_FROM, QUIET_TO = 21, 8
# Nobody under 18 is rung later than this.
YOUNG_UNTIL = 20
TRIES = 3
WITHIN = timedelta(days=14)
SOON, QUARTER = timedelta(hours=3), 15
_OPENS = time(8)


def time_of_day(at):
    """Return which part of the day the moment is in."""
    hour = timezone.localtime(at).hour
    if hour < _NOON:
        return FORENOON
    return AFTERNOON if hour < _FIVE else EVENING


def other_time_of_day(tried):
    """Return the part of the day to try next: one not tried yet, evenings first, else not the last.

    `tried` are the moments of the tries, latest last; without any, None.
    """
    parts = [time_of_day(at) for at in tried]
    if not parts:
        return None
    others = [part for part in (EVENING, FORENOON, AFTERNOON) if part != parts[-1]]
    return next((part for part in others if part not in parts), others[0])


def start_of(day):
    """Return the moment the local day begins."""
    return timezone.make_aware(datetime.combine(day, time()))


def morning_of(day):
    """Return the moment from which one may ring on the day."""
    return timezone.make_aware(datetime.combine(day, _OPENS))


def lately(at):
    """Return the moment from which tries count: two weeks of days, the day of the moment too."""
    return start_of(timezone.localdate(at) - WITHIN + timedelta(days=1))


def two_weeks_after(first):
    """Return the moment from which a try no longer counts."""
    return start_of(timezone.localdate(first) + WITHIN)


def tomorrow(at):
    """Return the moment tomorrow begins."""
    return start_of(timezone.localdate(at) + timedelta(days=1))


def later_today(at, until=QUIET_FROM):
    """Return some hours from now, but never in the quiet hours: then tomorrow morning."""
    later = timezone.localtime(at + SOON).replace(second=0, microsecond=0)
    later -= timedelta(minutes=later.minute % QUARTER)
    same_day = later.date() == timezone.localdate(at)
    if same_day and not is_quiet(later, until):
        return later
    return morning_of(timezone.localdate(at) + timedelta(days=1))


def next_week(at):
    """Return the morning a week from now."""
    return morning_of(timezone.localdate(at) + timedelta(days=7))


def is_quiet(at, until=QUIET_FROM):
    """Return whether the moment is between 21 and 8, when one does not ring."""
    hour = timezone.localtime(at).hour
    return hour >= until or hour < QUIET_TO


def said(moment, today):
    """Return the moment as one says it: the day, and the clock where somebody agreed on one."""
    return _with_clock(moment, days.on(timezone.localdate(moment), today))


def dated(moment, today):
    """Return the moment by its date, for what is read on other days too."""
    return _with_clock(moment, days.plain(timezone.localdate(moment), today))


def _with_clock(moment, day):
    local = timezone.localtime(moment)
    if local.time() in {time(), _OPENS}:
        return day
    return _("%(day)s at %(clock)s") % {"day": day, "clock": date_format(local, "TIME_FORMAT")}
