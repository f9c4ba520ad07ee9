"""Days as one says them: today, on Tuesday, 17 November; whole phrases in both languages."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, pgettext_lazy

_AHEAD = (
    gettext_noop("on Monday"),
    gettext_noop("on Tuesday"),
    gettext_noop("on Wednesday"),
    gettext_noop("on Thursday"),
    gettext_noop("on Friday"),
    gettext_noop("on Saturday"),
    gettext_noop("on Sunday"),
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
    gettext_noop("By Monday"),
    gettext_noop("By Tuesday"),
    gettext_noop("By Wednesday"),
    gettext_noop("By Thursday"),
    gettext_noop("By Friday"),
    gettext_noop("By Saturday"),
    gettext_noop("By Sunday"),
)
_WAITING = (
    gettext_noop("Waiting since Monday"),
    gettext_noop("Waiting since Tuesday"),
    gettext_noop("Waiting since Wednesday"),
    gettext_noop("Waiting since Thursday"),
    gettext_noop("Waiting since Friday"),
    gettext_noop("Waiting since Saturday"),
    gettext_noop("Waiting since Sunday"),
)
_WEEK = 7
_HOUR = 60


def said(day, today):
    """Return the day as one would say it today."""
    away = (day - today).days
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return near.get(away) or _by_weekday(day, away, _AHEAD, _BEHIND) or plain(day, today)


def plain(day, today):
    """Return day and month, with the year when it is another."""
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def due(day, today):
    """Return when something must be done, without blame when the day has passed."""
    away = (day - today).days
    near = {0: _("By today"), 1: _("By tomorrow"), -1: _("Waiting since yesterday")}
    words = near.get(away) or _by_weekday(day, away, _DUE, _WAITING)
    if words:
        return words
    far = _("By %(day)s") if away > 0 else _("Waiting since %(day)s")
    return far % {"day": plain(day, today)}


def _by_weekday(day, away, ahead, behind):
    if abs(away) >= _WEEK:
        return ""
    words = (ahead if away > 0 else behind)[day.weekday()]
    return _(words) if isinstance(words, str) else str(words)


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
