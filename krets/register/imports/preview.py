"""A preview as its page shows it: the first of each kind, with words instead of codes."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from krets.kit.ui.days import plain as plain_day
from krets.register.imports import listed, preview_faults, queries
from krets.register.imports.comparison import LAGS
from krets.register.imports.differences import (
    day,
    field_in_words,
    in_words,
    label_of,
    marks_of,
    told_changes,
)
from krets.register.imports.known import PHONES
from krets.register.imports.lines import Line, Part
from krets.register.imports.models import ImportRow
from krets.register.imports.suggestions import offers_in
from krets.register.imports.words import left_out_in_words, problems_in_words

SHOWN = 25
# A pair takes as much room as ten lines, and whoever is missing has four buttons.
SHOWN_OF = {"near": 5, "missing": 5, "rejected": 10, "warned": 10}
PER_PAGE = 100
PER_PAGE_OF = {"near": 20, "near_protected": 20}
# Of those with something to tell so many are looked through for the first of each sort.
NOTED = 200
_NOTED = {"kept": "kept", "corrections": "corrected", "gone": "gone"}
Kind = ImportRow.Kind
_BESIDE = ("name", "born_on", "born_year", "register_number", "email", *PHONES)
_BESIDE_PLACE = ("street", "postal_code", "city")


LISTS = {
    "new": listed.new,
    "changed": listed.changed,
    "near": queries.near,
    "near_protected": queries.near_protected,
    "missing": queries.missing,
    "missing_protected": queries.missing_protected,
    "rejected": queries.rejected,
    "warned": queries.warned,
    "kept": queries.kept,
    "corrections": queries.corrections,
    "gone": queries.gone,
    "protected": queries.protected,
}
_FAULTS = {"faults": queries.faults, "again": queries.answered_before}
KINDS = frozenset({*LISTS, *_FAULTS})


def part(importing, key, count, *, today, rows=None):
    """Return the first lines of a kind, or of some `rows`; none are asked for if there are none."""
    if not count:
        return Part(key, 0, [])
    rows = (LISTS[key](importing) if rows is None else rows)[: SHOWN_OF.get(key, SHOWN)]
    return Part(key, count, lines(key, rows, today=today))


def noted_parts(importing, counts, *, today):
    """Return the Parts of rows with something to tell, {key: count}, with one statement."""
    rows = list(queries.noted(importing)[:NOTED]) if any(counts.values()) else []
    mine = {key: [row for row in rows if getattr(row, _NOTED[key])][:SHOWN] for key in counts}
    return {
        key: Part(key, count, lines(key, mine[key] if count else [], today=today))
        for key, count in counts.items()
    }


def page_of(importing, key, number, *, today):
    """Return one page of all the lines of a kind."""
    page = Paginator(LISTS[key](importing), PER_PAGE_OF.get(key, PER_PAGE)).get_page(number)
    page.lines = lines(key, page.object_list, today=today)
    return page


def page_of_faults(importing, key, number):
    """Return one page of the faults: those asked about with their groups, or answered before."""
    page = Paginator(_FAULTS[key](importing), PER_PAGE).get_page(number)
    if key == "again":
        page.lines, page.groups = preview_faults.again_lines(importing, page.object_list), []
        return page
    kinds = list(queries.fault_groups(importing))
    page.groups = preview_faults.group_lines(importing, page.object_list, kinds)
    page.lines = [line for group in page.groups for line in group.lines]
    return page


def lines(key, rows, *, today):
    """Return rows of a kind as lines in words."""
    write = _WRITERS[key]
    if key in {"near", "near_protected"}:
        rows = list(rows)
        twins = queries.twins_of(rows)
        return [write(row, today, twins) for row in rows]
    return [write(row, today) for row in rows]


def people_of(some_lines):
    """Return the ids of the known people that lines show."""
    return [line.person for line in some_lines if line.person]


def _named(row):
    if row.person_id:
        return row.person.name, row.person_id
    return _name_of(row.values), row.number


def _name_of(values):
    return _whole_name(values) or values.get("register_number", "")


def _line(row, **more):
    name, seed = _named(row)
    return Line(row.pk, row.number, name, seed, person=row.person_id, **more)


def _new(row, today):
    # Of whom it was said that they are two people, the other is somebody known.
    two = row.kind == Kind.NEAR
    if row.person_id and not two:
        note = (
            _("Was here before: welcome back")
            if "rejoins" in row.marks
            else _("Known here already")
        )
        return _line(row, fields=_told(row, today), reasons=[note])
    values = row.values
    told = []
    if values.get("left_on"):
        told.append(_("Left %(day)s") % {"day": day(values["left_on"], today)})
    elif values.get("joined_on"):
        told.append(_("Member since %(day)s") % {"day": day(values["joined_on"], today)})
    else:
        told.append(_("Joining day not known"))
    told += [values[name] for name in ("street", "city") if values.get(name)][:1]
    line = _line(row, note=". ".join(told))
    if two:
        line.name, line.seed, line.person = _name_of(values), row.number, None
    return line


def _changed(row, today):
    return _line(row, fields=_told(row, today), reasons=marks_of(row))


def _told(row, today):
    return [field_in_words(name, old, new, today) for name, (old, new) in told_changes(row.changes)]


def _near(row, today, twins):
    """Write a row beside whom it may mean: somebody known, or an earlier row of the file."""
    twin = twins.get(row.twin) if row.person_id is None else None
    ours, theirs = _beside(row.person, twin.values if twin else {}), _beside(None, row.values)
    fields = []
    for name in (*_BESIDE, "place"):
        left, right = in_words(name, ours.get(name)), in_words(name, theirs.get(name))
        if left or right:
            same = left.casefold() == right.casefold()
            fields.append({"label": label_of(name), "ours": left, "theirs": right, "same": same})
    since = plain_day(row.since, today) if row.since else ""
    line = _line(row, fields=fields, answer=row.answer, note=since)
    line.name = theirs["name"] or line.name
    line.repeats = row.twin is not None
    line.twin = row.twin if row.person_id is None else None
    if not line.repeats and row.answer != ImportRow.Answer.NOT_SAME:
        line.changes, line.reasons = _told(row, today), marks_of(row)
    return line


def _beside(person, values):
    """Return what is compared of a person, or of a row's values."""
    if person is not None:
        told = (*_BESIDE[1:], *_BESIDE_PLACE)
        values = {name: getattr(person, name) for name in told}
        values |= {"first_name": person.first_name, "last_name": person.last_name}
    return dict(values) | {"name": _whole_name(values), "place": _place(values)}


def _missing(row, today):
    since = _("Member since %(day)s") % {"day": plain_day(row.since, today)} if row.since else ""
    person = row.person
    return Line(
        row.pk,
        0,
        person.name,
        person.pk,
        note=since,
        answer=row.answer,
        person=person.pk,
        reason=row.reason,
        said=row.said,
        died_on=row.died_on,
    )


def _rejected(row, _today):
    name = row.values.get("name") or _named(row)[0]
    reasons = left_out_in_words(row.reason, row.detail)
    return Line(row.pk, row.number, name, row.number, reasons=reasons)


def _warned(row, _today):
    return _line(
        row,
        reasons=problems_in_words(row.detail),
        offers=offers_in(row.detail),
        note=preview_faults.taken_in_words(row),
    )


def _kept(row, _today):
    """Write what was corrected here beside what the file says."""
    kept = [
        {"label": label_of(name), "ours": in_words(name, ours), "theirs": in_words(name, theirs)}
        for name, (ours, theirs) in row.detail.get("kept", {}).items()
    ]
    return _line(row, kept=kept)


def _corrected(row, _today):
    return _line(row, reasons=marks_of(row))


def _gone(row, today):
    """Write when somebody left or died, and how long a file does not bring back who left."""
    if row.deceased_on and row.day_known:
        return _line(row, note=_("Died %(day)s") % {"day": plain_day(row.deceased_on, today)})
    if row.deceased_on:
        return _line(row, note=_("Has died; the day is not known"))
    last = plain_day(row.left_on + LAGS, today)
    return _line(
        row,
        note=_("Left %(day)s") % {"day": plain_day(row.left_on, today)},
        reasons=[
            _("A file that still has the name after %(day)s brings it back as a member.")
            % {"day": last}
        ],
    )


_WRITERS = {
    "new": _new,
    "changed": _changed,
    "near": _near,
    "near_protected": _near,
    "missing": _missing,
    "missing_protected": _missing,
    "rejected": _rejected,
    "warned": _warned,
    "kept": _kept,
    "corrections": _corrected,
    "gone": _gone,
    "protected": _corrected,
}


def _whole_name(values):
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()


def _place(values):
    city = f"{values.get('postal_code') or ''} {values.get('city') or ''}".strip()
    return ", ".join(part for part in (values.get("street"), city) if part)
