"""What a membership leaves on a person's timeline: joined, left, paid, changed."""

from django.db.models import CharField, DateField, IntegerField, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from krets.kit.contributions import Happening, TimelineLine
from krets.register.access.scope import Fields
from krets.register.members.models import Fee, Membership

_STOOD = ("joined_on", "joined_party_on", "left_on", "left_reason", "left_words")
_PAID = ("year", "paid_on")
_DAY_KNOWN = "person__deceased_day_known"
_NONE_STOOD = (
    *(Value(None, output_field=DateField()) for _column in range(3)),
    *(Value("", output_field=CharField()) for _column in range(2)),
)
_NONE_PAID = (
    Value(None, output_field=IntegerField()),
    Value(None, output_field=DateField()),
)


def memberships_and_fees(unit, person_id, fields):
    """When the person joined and left, and which years the fee was paid for. One statement.

    Of the fees the latest stands by itself, years in a row before it as one line.
    """
    parts = []
    if Fields.MEMBERSHIP in fields:
        mine = Membership.objects.of(unit).filter(person=person_id).order_by()
        parts.append(mine.values_list("pk", "learned_at", _DAY_KNOWN, *_STOOD, *_NONE_PAID))
    if Fields.FEES in fields:
        mine = Fee.objects.of(unit).filter(person=person_id).order_by()
        parts.append(mine.values_list("pk", "learned_at", _DAY_KNOWN, *_NONE_STOOD, *_PAID))
    if not parts:
        return
    fees = []
    rows = parts[0].union(*parts[1:], all=True).order_by("-pk")
    for pk, learned_at, day_known, *columns in rows:
        known = {"pk": pk, "learned_at": learned_at}
        stood, paid = columns[: len(_STOOD)], columns[len(_STOOD) :]
        if paid[0] is not None:
            fees.append(Fee(**known, **dict(zip(_PAID, paid, strict=True))))
            continue
        membership = Membership(**known, **dict(zip(_STOOD, stood, strict=True)))
        yield _began(membership)
        if membership.left_on:
            yield _ended(membership, unit.name, day_known=day_known)
    yield from _fees_paid(fees)


def _ended(membership, association, *, day_known):
    if membership.left_reason == Membership.Reason.DECEASED:
        if day_known:
            return Happening(membership.left_on, _("Died"))
        # The day that is kept is the one on which we heard of it.
        more = _("The day is not known.")
        return Happening(membership.left_on, _("We heard of the death"), more=more)
    # "Other" is what is stored where nothing more is known.
    known = membership.left_reason not in ("", Membership.Reason.OTHER)
    reason = membership.get_left_reason_display() if known else ""
    return Happening(
        membership.left_on,
        _("Left %(association)s") % {"association": association},
        more=" ".join(part for part in (_reason(reason), membership.left_words) if part),
    )


def _began(membership):
    if membership.joined_on is None:
        return Happening(
            membership.learned_at,
            _("Stood in the member file for the first time"),
            more=_("It does not say when they joined."),
            state="good",
        )
    return Happening(membership.joined_on, _("Became a member"), state="good")


def _fees_paid(fees):
    for row in _in_rows(sorted(fees, key=lambda fee: -fee.year)):
        latest = row[0]
        told = {"first": row[-1].year, "last": latest.year}
        # A mark in a file says that it is paid, not when: the day is that of the file.
        words = _PAID_ON if latest.paid_on else _TOLD
        sentence = _(words[min(len(row), len(words)) - 1]) % told
        if latest.paid_on:
            yield Happening(latest.paid_on, sentence)
        else:
            more = _("The day of payment is not known; this is the day we heard of it.")
            yield Happening(latest.learned_at, sentence, more=more)


_PAID_ON = (
    gettext_noop("Paid the fee for %(last)d"),
    gettext_noop("Paid the fee for %(first)d and %(last)d"),
    gettext_noop("Paid the fee every year from %(first)d to %(last)d"),
)
_TOLD = (
    gettext_noop("The member file says that the fee for %(last)d is paid"),
    gettext_noop("The member file says that the fee for %(first)d and %(last)d is paid"),
    gettext_noop("The member file says that the fee is paid every year from %(first)d to %(last)d"),
)


def _in_rows(fees):
    """Return the latest fee alone, and the others gathered year after year without a gap."""
    rows = []
    for fee in fees:
        if len(rows) > 1 and rows[-1][-1].year == fee.year + 1:
            rows[-1].append(fee)
        else:
            rows.append([fee])
    return rows


def _reason(reason):
    return _("Reason: %(reason)s.") % {"reason": reason} if reason else ""


TIMELINE = [TimelineLine("membership", memberships_and_fees)]
