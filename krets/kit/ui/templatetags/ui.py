"""The tags all pages are written with. `docs/ui.md` shows each in use."""

from datetime import datetime

from django import template
from django.template.defaultfilters import date as django_date
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext

from krets.kit.ui import days, discs, flash, forms, links, phones
from krets.kit.ui.joined import SCRIPT, SCRIPTS_VENDORED, STYLESHEET

register = template.Library()


@register.simple_tag(takes_context=True)
def link(context, name, *args):
    """Write the address of a page in the same unit."""
    return links.link(context["request"], name, *args)


@register.simple_tag
def stylesheet():
    """Link the one joined stylesheet."""
    return format_html('<link rel="stylesheet" href="{}">', static(STYLESHEET))


@register.simple_tag
def scripts():
    """Load htmx and the joined elements, after the page has been read."""
    vendored = format_html_join(
        "", '<script src="{}" defer></script>', ((static(path),) for path in SCRIPTS_VENDORED)
    )
    return vendored + format_html('<script type="module" src="{}"></script>', static(SCRIPT))


@register.simple_tag
def icon(name, label=""):
    """Draw an icon of the sprite; with a label only where no word stands beside it."""
    heard = format_html('role="img" aria-label="{}"', label) if label else _SILENT
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>', heard, static("ui/icons.svg"), name
    )


@register.simple_tag
def ring(stage="", kind=""):
    """Draw the ring: the mark, or with a stage its lit arc; kind="sign" is the small one."""
    return format_html(
        '<svg class="ring{}" data-stage="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f" ring--{kind}" if kind else "",
        stage,
        _ARCS,
    )


@register.simple_tag
def seats(*, free=False):
    """Draw the circle of chairs; free=True draws it empty."""
    chairs = ((turn, _chair_class(turn, free)) for turn in range(0, 360, 30))
    drawn = format_html_join("", '<g transform="rotate({} 100 100)"{}>' + _CHAIR + "</g>", chairs)
    return format_html(
        '<svg class="seats" viewBox="0 0 200 200" aria-hidden="true">{}</svg>', drawn
    )


@register.simple_tag
def disc(name, seed=None, kind=""):
    """Draw a person's round sign; the seed (a key) keeps the tone when the name changes."""
    return format_html(
        '<span class="disc{}" data-tone="{}" aria-hidden="true">{}</span>',
        f" disc--{kind}" if kind else "",
        discs.tone(name if seed is None else seed),
        discs.initials(name),
    )


@register.simple_tag
def disc_many(number):
    """Draw the round sign of several gathered in one card."""
    return format_html('<span class="disc disc--many" aria-hidden="true">{}</span>', number)


@register.simple_tag
def disc_missing():
    """Draw the empty place of somebody wanted."""
    return mark_safe('<span class="disc disc--missing" aria-hidden="true">?</span>')


@register.simple_tag
def phone(number):
    """Write a telephone number that can be rung."""
    address, spaced = phones.dialled(number), phones.spaced(number)
    if not address:
        return spaced
    return format_html('<a class="phone nowrap" href="{}">{}</a>', address, spaced)


@register.filter
def spaced_phone(number):
    """Write a telephone number as it is read."""
    return phones.spaced(number)


@register.filter
def dialled_phone(number):
    """Write the address that rings a telephone number."""
    return phones.dialled(number)


@register.simple_tag(takes_context=True)
def day(context, date):
    """Write a day as one says it: today, on Tuesday; with `on_paper` always 17 November."""
    if not date:
        return ""
    say = days.plain if context.get("on_paper") else days.said
    return say(_date(date), _today(context))


@register.simple_tag(takes_context=True)
def comes(context, happening):
    """Write when what is next comes, or since when it waits."""
    today, day = _today(context), _date(happening.at)
    return days.comes(day, happening.due_on or day, today)


@register.filter(name="date", expects_localtime=True)
def written_date(value, pattern=None):
    """Write a date or a moment as Django's own filter does, but never turn the line within it."""
    return django_date(value, pattern and days.unbroken(pattern))


@register.simple_tag(takes_context=True)
def relative_due(context, date):
    """Write when something is due, as the quiet line of a card."""
    if not date:
        return ""
    date, today = _date(date), _today(context)
    state = mark_safe(' data-state="now"') if days.pressing(date, today) else ""
    return format_html('<span class="card__due"{}>{}</span>', state, days.due(date, today))


@register.simple_tag(takes_context=True)
def ago(context, moment):
    """Write how long ago a moment was, with the exact time beneath."""
    if not moment:
        return ""
    words = days.since(moment, context.get("now") or timezone.now())
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


@register.simple_tag
def leaf(date, kind=""):
    """Draw a leaf of the calendar."""
    parts = days.leaf(_date(date))
    return format_html(
        '<span class="day{}"><span class="day__name">{}</span> '
        '<span class="day__number">{}</span></span>',
        f" day--{kind}" if kind else "",
        parts["name"],
        parts["number"],
    )


@register.inclusion_tag("ui/field.html")
def field(bound, label="", help="", kind="", *, hide_label=False):
    """Write a field of a form with label, help and fault, wired for screen readers."""
    return forms.described(bound, label=label, help_text=help, kind=kind, hide_label=hide_label)


@register.inclusion_tag("ui/form_errors.html", takes_context=True)
def form_errors(context, form):
    """Write what is left to mend over the form, each a link to its field; takes focus.

    On a whole page that stands at the very top already, where it is seen without scrolling.
    """
    is_told = getattr(context.get("request"), "faults_are_told", False)
    return {"faults": [] if is_told else forms.faults(form)}


@register.inclusion_tag("ui/form_errors.html", takes_context=True)
def page_faults(context):
    """Write at the top of the page what is left to mend in the forms that were sent."""
    refused = forms.refused(context)
    if refused:
        context["request"].faults_are_told = True
    return {"faults": [fault for form in refused for fault in forms.faults(form)]}


@register.simple_tag(takes_context=True)
def fault_word(context):
    """Begin the page's title with the word for a fault where a form was refused."""
    return pgettext("title", "Fault: ") if forms.refused(context) else ""


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context, page, target=""):
    """Write "Showing 26–50 of 340" with Previous and Next, keeping the query of the address."""
    return {
        "page": page,
        "previous": _turned(context, page.previous_page_number()) if page.has_previous() else "",
        "next": _turned(context, page.next_page_number()) if page.has_next() else "",
        "target": target,
    }


@register.inclusion_tag("ui/flash.html", takes_context=True)
def flashes(context, *, focus=False):
    """Write what just happened, and use it up; with `focus` the reader's keyboard begins there."""
    messages = flash.waiting(context["request"])
    return {"messages": messages, "csrf_token": context.get("csrf_token"), "focus": focus}


def _turned(context, number):
    query = context["request"].GET.copy()
    query["page"] = number
    return "?" + query.urlencode()


def _today(context):
    return context.get("today") or timezone.localdate()


def _date(value):
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def _chair_class(turn, free):
    if free:
        return mark_safe(' class="seats__free"')
    return mark_safe(' class="seats__yours"') if turn == _YOURS else ""


_SILENT = mark_safe('aria-hidden="true"')
_YOURS = 60
_CHAIR = (
    '<rect x="86" y="8" width="28" height="7" rx="3.5"/>'
    '<rect x="88" y="19" width="24" height="22" rx="7"/>'
)
_ARCS = mark_safe(
    '<circle class="ring__arcs" cx="12" cy="12" r="9" pathLength="360"/>'
    '<circle class="ring__on" cx="12" cy="12" r="9" pathLength="360"/>'
)
