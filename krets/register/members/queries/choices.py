"""What a list of members can be narrowed to, and how that is said."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from krets.register.access.scope import Fields
from krets.register.members.models import Fee, Person

NEW_DAYS = 90
NEEDS = {
    "fee": Fields.FEES,
    "new": Fields.MEMBERSHIP,
    "sex": Fields.BIRTH,
    "age_from": Fields.BIRTH,
    "age_to": Fields.BIRTH,
    "place": Fields.ADDRESS,
    "without": Fields.NAME,
    "union": Fields.PROFILE,
    "tag": Fields.PROFILE,
}


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to. Addresses carry it; it never holds a name of a person."""

    fee: str = ""
    new: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    place: str = ""
    without: str = ""
    union: str = ""
    tag: int | None = None

    def within(self, opened):
        """Return what remains when only these groups of fields may be asked about."""
        if self.without == "email" and Fields.EMAIL not in opened:
            return replace(self, without="").within(opened)
        if self.without == "phone" and Fields.PHONE not in opened:
            return replace(self, without="").within(opened)
        shut = [name for name, group in NEEDS.items() if group not in opened]
        return replace(self, **{name: _empty(name) for name in shut})

    def pairs(self):
        """Return what is chosen as (name, value) pairs for an address."""
        every = ((field.name, getattr(self, field.name)) for field in fields(self))
        return [(name, value) for name, value in every if value not in ("", None)]

    def without_one(self, name):
        """Return the same without one of the choices; the two ends of an age go together."""
        names = ("age_from", "age_to") if name == "age" else (name,)
        return replace(self, **{each: _empty(each) for each in names})

    def __bool__(self):
        return bool(self.pairs())


@dataclass(frozen=True)
class Clause:
    """One choice in words: `who` for the sentence, `chip` for the mark that takes it away."""

    name: str
    who: str
    chip: str


def narrowed(members, chosen, *, today):
    """Return the members that are left when the list is narrowed."""
    if chosen.fee:
        paid = Exists(
            Fee.objects.filter(unit=OuterRef("unit"), person=OuterRef("pk"), year=today.year)
        )
        # Of whom no file has told, nobody knows.
        unpaid = Q(~paid, fee_told_year=today.year)
        members = members.filter(paid if chosen.fee == "paid" else unpaid)
    if chosen.new:
        since = today - timedelta(days=NEW_DAYS)
        members = members.filter(member_since__gt=since)
    if chosen.sex:
        members = members.filter(sex=chosen.sex)
    if chosen.place:
        members = members.filter(city=chosen.place)
    if chosen.without == "email":
        members = members.filter(email="")
    if chosen.without == "phone":
        members = members.filter(phone="", phone_home="", phone_work="")
    if chosen.union:
        members = members.filter(union=chosen.union)
    if chosen.tag:
        members = members.filter(tags__tag=chosen.tag)
    return members.filter(_of_age(chosen.age_from, chosen.age_to, today))


def clauses(chosen, *, today, tag_word=""):
    """Return the choices in words, in the order of a sentence."""
    told = {
        "fee": _fee_clause(chosen, today),
        "new": (_("who joined in the last 90 days"), _("Joined in the last 90 days")),
        "sex": _sex_clause(chosen),
        "place": (_("who live in %(place)s"), "%(place)s"),
        "without": _without_clause(chosen),
        "union": (_("who are in %(union)s"), "%(union)s"),
        "tag": (_("with the tag “%(tag)s”"), "%(tag)s"),
    }
    words = {"place": chosen.place, "union": chosen.union, "tag": tag_word}
    age = [_age_clause(chosen)] if chosen.age_from is not None or chosen.age_to is not None else []
    return age + [
        Clause(name, told[name][0] % words, told[name][1] % words)
        for name, _value in chosen.pairs()
        if name in told
    ]


def sentence(told):
    """Return the choices as one sentence; empty where nothing is chosen."""
    if not told:
        return ""
    who = [clause.who for clause in told]
    if len(who) == 1:
        return _("Members %(who)s.") % {"who": who[0]}
    return _("Members %(who)s and %(last)s.") % {"who": ", ".join(who[:-1]), "last": who[-1]}


def years_before(day, years):
    """Return the day that many years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _empty(name):
    return None if name in {"age_from", "age_to", "tag"} else ""


def _of_age(age_from, age_to, today):
    """Keep the ages from one to the other; by the year where only that is known."""
    keep = Q()
    if age_from is not None:
        keep &= Q(born_on__lte=years_before(today, age_from)) | Q(
            born_on=None, born_year__lte=today.year - age_from
        )
    if age_to is not None:
        after = years_before(today, age_to + 1) if today.year - age_to > 1 else date.min
        keep &= Q(born_on__gt=after) | Q(born_on=None, born_year__gte=today.year - age_to)
    return keep


def _age_clause(chosen):
    ages = {"from": chosen.age_from, "to": chosen.age_to}
    if chosen.age_to is None:
        return Clause("age", _("who are %(from)d or older") % ages, _("%(from)d or older") % ages)
    if chosen.age_from is None:
        return Clause("age", _("who are %(to)d or younger") % ages, _("%(to)d or younger") % ages)
    return Clause(
        "age", _("who are %(from)d to %(to)d years old") % ages, _("%(from)d–%(to)d years") % ages
    )


def _fee_clause(chosen, today):
    year = {"year": today.year}
    if chosen.fee == "paid":
        return _("who have paid for %(year)d") % year, _("Paid %(year)d") % year
    return _("who have not paid for %(year)d") % year, _("Not paid %(year)d") % year


def _sex_clause(chosen):
    if chosen.sex == Person.Sex.WOMAN:
        return _("who are women"), pgettext("filter", "Women")
    if chosen.sex == Person.Sex.MAN:
        return _("who are men"), pgettext("filter", "Men")
    return _("of another sex"), pgettext("filter", "Another sex")


def _without_clause(chosen):
    if chosen.without == "email":
        return _("without an e-mail address"), _("No e-mail")
    return _("without a phone number"), _("No phone")
