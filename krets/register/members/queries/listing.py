"""The list of members, and what it can be narrowed to."""

from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from krets.register.access.scope import Fields
from krets.register.members.fields import columns
from krets.register.members.models import Fee, Membership, Person
from krets.register.members.queries.choices import Chosen, narrowed
from krets.register.members.queries.people import age, tell_apart

PAGE = 25
SORTS = {
    "name": ("sort_key", "pk"),
    # Not by name among those of a day: so the newest are read straight from the index.
    "joined": (F("member_since").desc(nulls_last=True), "-membership"),
    "place": ("city", "sort_key", "pk"),
    "age": (F("born_on").desc(nulls_last=True), "sort_key", "pk"),
}
SORT_NEEDS = {"joined": Fields.MEMBERSHIP, "place": Fields.ADDRESS, "age": Fields.BIRTH}
LISTED = {
    Fields.NAME: ("first_name", "last_name"),
    Fields.PHONE: ("phone", "phone_home", "phone_work", "no_calls_at"),
    Fields.ADDRESS: ("city",),
    Fields.BIRTH: ("born_on", "born_year"),
    Fields.REGISTER: ("register_number",),
}


@dataclass(frozen=True)
class MemberPage:
    """One page of the list. `after` and `before` are the ids its neighbours start from.

    `protected` says whether there are more, who stand in no list: of the whole list only, since of
    a part it would say something about them, and never how many (decision 27).
    """

    rows: list
    total: int
    number: int
    first: int
    last: int
    after: int | None
    before: int | None
    fees_known: bool
    protected: bool


def members_of(unit, scope):
    """Return the members who may stand in a list; `member_since` can be filtered and sorted by."""
    return (
        Person.objects.of(unit)
        .within(scope)
        .listed()
        .filter(memberships__left_on=None, memberships__unit=unit, deceased_on=None)
        .alias(
            member_since=F("memberships__joined_on"),
            membership=F("memberships__pk"),
            fee_told_year=F("memberships__fee_told_year"),
        )
    )


def member_list(unit, scope, *, today, chosen=None, sort="name", page=1, after=None, before=None):
    """Return a page of twenty-five members in Swedish order, only the opened columns read.

    By name it goes on `after` a person (or back `before` one), so the last page costs what the
    first does; in other orders it counts its way. At most five statements.
    """
    chosen = (chosen or Chosen()).within(scope.fields)
    sort = open_sort(sort, scope.fields)
    every = narrowed(members_of(unit, scope), chosen, today=today)
    total, protected = (every.count(), False) if chosen else _counted(unit, scope)
    fees_known = Fields.FEES in scope.fields and _fees_known(unit, today)
    shown = _shown(every, scope.fields)
    rows, page = _rows(unit, shown, sort, max(page, 1), after, before)
    tell_apart(rows)
    if sort == "age":
        for row in rows:
            row.age = age(row, today)
    if fees_known:
        _mark_fees(unit, rows, today)
    first = (page - 1) * PAGE + 1
    last = first + len(rows) - 1
    return MemberPage(
        rows=rows,
        total=total,
        number=page,
        first=first if rows else 0,
        last=last if rows else 0,
        after=rows[-1].pk if rows and last < total else None,
        before=rows[0].pk if rows and page > 1 else None,
        fees_known=fees_known,
        protected=protected,
    )


def list_choices(unit, scope):
    """Return what there is to narrow by, with numbers: places, unions, words. Three statements."""
    members = members_of(unit, scope)
    opened = scope.fields

    def counted(column, group):
        if group not in opened:
            return []
        found = members.exclude(**{column: ""}).values(column).annotate(number=Count("pk"))
        return list(found.order_by("-number", column).values_list(column, "number")[:40])

    return {
        "place": counted("city", Fields.ADDRESS),
        "union": counted("union", Fields.PROFILE),
        "tag": _tags(unit) if Fields.PROFILE in opened else [],
    }


def tag_word(unit, pk):
    """Return the word of one of the unit's tags; empty when it is not there."""
    return _tag_model().of(unit).filter(pk=pk).values_list("word", flat=True).first() or ""


def _tag_model():
    # Words to carry are the profiles' feature, which stands on this one.
    return apps.get_model("register", "Tag").objects


def _tags(unit):
    tags = _tag_model().of(unit).annotate(number=Count("carried")).filter(number__gt=0)
    return list(tags.order_by("-number", "key", "pk").values_list("pk", "word", "number")[:40])


def _counted(unit, scope):
    """Return (members in a list of all, whether living members stand in none), by indexes alone."""
    current = Membership.objects.of(unit).within(scope).current()
    hidden = Person.objects.of(unit).within(scope).hidden()
    hidden = hidden.filter(Exists(current.filter(person=OuterRef("pk")))).aggregate(
        every=Count("pk"), living=Count("pk", filter=Q(deceased_on=None))
    )
    return current.count() - hidden["every"], hidden["living"] > 0


def open_sort(sort, opened):
    """Return the order that may be asked for: by name where it would tell what is not opened."""
    needed = SORT_NEEDS.get(sort)
    return sort if sort in SORTS and (needed is None or needed in opened) else "name"


def _fees_known(unit, today):
    return Fee.objects.of(unit).filter(year=today.year).exists()


def _mark_fees(unit, rows, today):
    """Say of each row whether the fee is paid, and whether it is known not to be.

    In the list's own statement all fees were read.
    """
    paid = Fee.objects.of(unit).filter(year=today.year, person__in=[row.pk for row in rows])
    ids = set(paid.values_list("person_id", flat=True))
    for row in rows:
        row.is_paid = row.pk in ids
        row.is_unpaid = not row.is_paid and row.fee_told == today.year


def _shown(members, opened):
    read = [column for group, names in LISTED.items() if group in opened for column in names]
    shown = members.only(*columns(frozenset()), "sort_key", *read)
    if Fields.MEMBERSHIP in opened:
        shown = shown.annotate(joined_on=F("member_since"))
    if Fields.FEES in opened:
        shown = shown.annotate(fee_told=F("fee_told_year"))
    return shown


def _rows(unit, shown, sort, page, after, before):
    """Return the page's rows and its number: the first when there are none where one asked."""
    start = after or before
    ordered = shown.order_by(*SORTS[sort])
    if start and sort == "name" and page > 1:
        rows = _onwards(unit, shown, start, back=not after)
    else:
        rows = list(ordered[(page - 1) * PAGE : page * PAGE])
    if rows or page == 1:
        return rows, page
    return list(ordered[:PAGE]), 1


def _onwards(unit, shown, start, *, back):
    """Return the page of names after a person, or before."""
    key = Subquery(Person.objects.of(unit).filter(pk=start).values("sort_key"))
    if back:
        rows = shown.filter(sort_key__lte=key).exclude(sort_key=key, pk__gte=start)
        return list(rows.order_by("-sort_key", "-pk")[:PAGE])[::-1]
    rows = shown.filter(sort_key__gte=key).exclude(sort_key=key, pk__lte=start)
    return list(rows.order_by("sort_key", "pk")[:PAGE])
