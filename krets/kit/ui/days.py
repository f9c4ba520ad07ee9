"""Days as one says them: today, on Tuesday, 17 November; whole phrases in both languages."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

_AHEAD = (
    gettext_lazy("on Monday"),
    gettext_lazy("on Tuesday"),
    gettext_lazy("on Wednesday"),
    gettext_lazy("on Thursday"),
    gettext_lazy("on Friday"),
    gettext_lazy("on Saturday"),
    gettext_lazy("on Sunday"),
)
_BEHIND = (
    pgettext_lazy("a day behind us", "on Monday"),
    pgettext_lazy("a day behind us", "on Tuesday"),
    pgettext_lazy("a day behind us", "on Wednesday"),
    pgettext_lazy("a day behind us", "on Thursday"),
    pgettext_lazy("a day behind us", "on Friday"),
    pgettext_lazy("a day behind us", "on Saturday"),
    pgettext_lazy("a day behind us", "on Sunday"),
)
_DUE = (
    gettext_lazy("By Monday"),
    gettext_lazy("By Tuesday"),
    gettext_lazy("By Wednesday"),
    gettext_lazy("By Thursday"),
    gettext_lazy("By Friday"),
    gettext_lazy("By Saturday"),
    gettext_lazy("By Sunday"),
)
_WAITING = (
    gettext_lazy("Waiting since Monday"),
    gettext_lazy("Waiting since Tuesday"),
    gettext_lazy("Waiting since Wednesday"),
    gettext_lazy("Waiting since Thursday"),
    gettext_lazy("Waiting since Friday"),
    gettext_lazy("Waiting since Saturday"),
    gettext_lazy("Waiting since Sunday"),
)
_HELD = "\N{NO-BREAK SPACE}"
_WEEK = 7
_HOUR = 60


def said(day, today):
    """Return the day as one would say it today."""
    away = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return near.get(away) or _by_weekday(day, away, _AHEAD, _BEHIND) or plain(day, today)


def on(day, today):
    """Return the day as one says it within a sentence, where a date too is something on a day."""
    if -_WEEK < (day - today).days < _WEEK:
        return said(day, today)
    return _("on %(day)s") % {"day": plain(day, today)}


def plain(day, today):
    """Return day and month, with the year when it is another."""
    return written(day, "j F" if day.year == today.year else "j F Y")


def written(day, pattern="j F Y"):
    """Return the day as the pattern says; a date never turns the line in its middle."""
    return date_format(day, unbroken(pattern))


def unbroken(pattern):
    """Return the pattern of a date held together; only after a weekday may the line turn."""
    return pattern.replace("j F", f"j{_HELD}F").replace("F Y", f"F{_HELD}Y")


def due(day, today):
    """Return when something must be done, without blame when the day has passed."""
    away = (day - today).days
    near = {0: _("By today"), 1: _("By tomorrow"), -1: _("Waiting since yesterday")}
    words = near.get(away) or _by_weekday(day, away, _DUE, _WAITING)
    if words:
        return words
    far = _("By %(day)s") if away > 0 else _("Waiting since %(day)s")
    return far % {"day": plain(day, today)}


def next_day(day, due_on, today):
    """Return the day told of what comes on `day`: from then on the one by which it is due."""
    return day if day > today else due_on


def comes(day, due_on, today):
    """Return when something comes; once it may be done, by when, or since when it waits."""
    told = next_day(day, due_on, today)
    return said(told, today) if day > today or told == today else due(told, today)


def _by_weekday(day, away, ahead, behind):
    if abs(away) >= _WEEK:
        return ""
    return str((ahead if away > 0 else behind)[day.weekday()])


def pressing(day, today):
    """Say whether the day is here or past."""
    return day <= today


def since(moment, now):
    """Return how long ago the moment was; from a day on, the day and the clock."""
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < _HOUR:
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", minutes) % {
            "count": minutes
        }
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    clock = date_format(local, "TIME_FORMAT")
    if local.date() == today:
        return _("today at %(clock)s") % {"clock": clock}
    if local.date() == today - timedelta(days=1):
        return _("yesterday at %(clock)s") % {"clock": clock}
    return _("%(day)s at %(clock)s") % {"day": plain(local.date(), today), "clock": clock}


def leaf(day):
    """Return the short weekday and the number of a calendar leaf."""
    return {"name": str(WEEKDAYS_ABBR[day.weekday()]).lower(), "number": day.day}
