"""Changing a person's details, with old and new kept and the central register in mind."""

from datetime import date

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from krets import events
from krets.events import PeopleChanged
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.commands.adding import NamelessError
from krets.register.members.commands.details import REGISTERED, DetailError, tidied, tidied_all
from krets.register.members.keys import keys_of
from krets.register.members.models import Change, Correction, Person

NAMES = {"first_name", "last_name"}
LONGEST = Correction._meta.get_field("new").max_length


class StaleError(CannotError):
    """The same was changed meanwhile; `both` holds {field: (stored now, written)}.

    `is_own` says that it was the writer, in another window.
    """

    def __init__(self, message, both, revision, *, is_own):
        super().__init__(message)
        self.both = both
        self.revision = revision
        self.is_own = is_own


@command
def edit_person(person, *, seen, changes, by, at, was=None, how=""):
    """Change details of a person; return the person as it stands now.

    `changes` holds {field: written value}, `seen` the revision the writer started from and `was`
    {field: text} as it stood then. A detail somebody else has changed meanwhile too is refused:
    nothing is written, and StaleError holds both texts. Old and new are kept, and a detail the
    central register has too becomes a correction to tell it of.
    """
    now = Person.objects.select_for_update(no_key=True).get(pk=person.pk, unit_id=person.unit_id)
    country, today = changes.get("country", now.country), timezone.localdate(at)
    written = tidied_all(changes, country=country, today=today)
    changed = {field: value for field, value in written.items() if getattr(now, field) != value}
    if now.revision != seen:
        _refuse_both(now, changed, was or {}, by, today)
    if not changed:
        trail.nothing("nothing was changed")
        return now
    before = {field: getattr(now, field) for field in changed}
    for field, value in changed.items():
        setattr(now, field, value)
    if changed.keys() & NAMES and not (now.first_name or now.last_name):
        raise NamelessError(_("A person must have a name. Write at least the first name."))
    now.sort_key, now.search = keys_of(now)
    # The filter decides who was first: whoever comes second writes nothing.
    first = Person.objects.filter(pk=now.pk, revision=now.revision).update(
        **changed, sort_key=now.sort_key, search=now.search, revision=F("revision") + 1
    )
    if not first:
        _refuse_both(Person.objects.get(pk=now.pk), changed, {}, by, today)
    now.revision += 1
    account = by.account if by else None
    Change.objects.create(
        unit_id=now.unit_id,
        person=now,
        at=at,
        by=account,
        fields={field: [_told(before[field]), _told(value)] for field, value in changed.items()},
    )
    if now.register_number:
        _correct(now, before, changed, account, at)
    told = {"how": how} if how else {}
    trail.record("person.edited", now, by=by, at=at, fields=sorted(changed), **told)
    events.publish(PeopleChanged(now.unit_id, (now.pk,), by_id=by and by.account.pk), at=at)
    return now


@command
def set_calls(person, *, wanted, by, at):
    """Note that a person does not want calls, or that calls are welcome again."""
    _set_moment(person, "no_calls_at", None if wanted else at, by, at)


@command
def set_quiet(person, *, quiet, by, at):
    """Note that a person supports by choice and is not to be asked, or may be asked again."""
    _set_moment(person, "supports_quietly_at", at if quiet else None, by, at)


def _set_moment(person, field, moment, by, at):
    unset = Person.objects.filter(pk=person.pk, **{f"{field}__isnull": moment is not None})
    if not unset.update(**{field: moment}, revision=F("revision") + 1):
        trail.nothing("it was so already")
        return
    day = _told(timezone.localdate(at))
    Change.objects.create(
        unit_id=person.unit_id,
        person=person,
        at=at,
        by=by.account if by else None,
        fields={field: ["", day] if moment else [day, ""]},
    )
    trail.record("person.edited", person, by=by, at=at, fields=[field], on=moment is not None)
    events.publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by and by.account.pk), at=at)


def _refuse_both(now, changed, was, by, today):
    """Refuse what was changed by two; where each has changed something else, both are kept."""
    both = {
        field: (getattr(now, field), value)
        for field, value in changed.items()
        if getattr(now, field) not in (value, _stood(field, was, now, today))
    }
    if not both:
        return
    raise StaleError(
        _(
            "This person was changed while you were writing. Your text is still here, with what"
            " stands now beside it. Choose and save again."
        ),
        both,
        now.revision,
        is_own=by is not None and _last_writers(now, both) == {by.account.pk},
    )


def _stood(field, was, now, today):
    """Return the detail as it was stored when the writer read it; else an object like none."""
    try:
        return tidied(field, was[field], country=now.country, today=today)
    except (KeyError, DetailError):
        return object()


def _last_writers(person, fields):
    """Return the accounts that have written these details as they stand, None for a file."""
    changes = Change.objects.filter(unit_id=person.unit_id, person=person).order_by("-at", "-pk")
    writers = {}
    for account, changed in changes.values_list("by_id", "fields"):
        for field in changed.keys() & fields:
            writers.setdefault(field, account)
    return {writers.get(field) for field in fields}


def _told(value):
    return value.isoformat() if isinstance(value, date) else value


def _correct(person, before, changed, account, at):
    """Open a correction for each register detail, or bring the open one up to date."""
    mine = Correction.objects.filter(unit_id=person.unit_id, person=person, carried_at=None)
    open_now = {correction.field: correction for correction in mine.filter(field__in=changed)}
    new = []
    for field in (field for field in changed if field in REGISTERED):
        value = _kept(changed[field])
        correction = open_now.get(field)
        if correction is None:
            correction = Correction(
                unit_id=person.unit_id,
                person=person,
                field=field,
                old=_kept(before[field]),
                new=value,
                at=at,
                by=account,
            )
            new.append(correction)
        elif correction.old == value:
            # Back to what the register has: there is nothing to tell.
            correction.delete()
        else:
            mine.filter(pk=correction.pk).update(new=value, at=at, by=account)
    Correction.objects.bulk_create(new)


def _kept(value):
    return "" if value is None else str(value)[:LONGEST]
