"""What a row says when a cell means what Krets suggests, and when that is taken back."""

from typing import NamedTuple

from krets.register.imports.comparison import plain
from krets.register.imports.models import ImportRow
from krets.register.imports.suggestions import detail_of, offers_in

Kind = ImportRow.Kind


class Said(NamedTuple):
    """What a row says. Fields as `ImportRow`'s.

    Of `detail` the `used` are what could not be read in the cells that mean what is suggested, and
    `before` is how each detail stood without that.
    """

    values: dict
    changes: dict
    detail: dict
    meant: str


def take(said, target, *, ours):
    """Return what a row says when its cell means what is suggested.

    `ours` returns what is known of the person whom the row means, by its name; None for nobody.
    """
    return _moved(said, target, "problems", "used", ours)


def take_back(said, target, *, ours):
    """Return what a row says when its cell means that no more."""
    return _moved(said, target, "used", "problems", ours)


def _moved(said, target, source, goal, ours):
    """Move what could not be read in a cell from one list to the other, and read it so."""
    names = {detail_of(*offer)[0] for offer in _offers(said.detail, source) if offer[0] == target}
    there = said.detail.get(source, ())
    moved = [each for each in there if each["target"] == target]
    detail = said.detail | {
        source: [each for each in there if each["target"] != target],
        goal: [*said.detail.get(goal, ()), *moved],
    }
    said = said._replace(detail=detail)
    for name in names:
        said = _read(said, name, ours)
    return said


def _read(said, name, ours):
    """Return what a row says of a detail: the last suggestion that is used, else as it stood."""
    values, changes = dict(said.values), dict(said.changes)
    taken, before = dict(said.detail.get("taken", {})), dict(said.detail.get("before", {}))
    before.setdefault(name, [told.get(name) for told in (values, changes, taken)])
    used = [detail_of(*offer) for offer in _offers(said.detail, "used")]
    suggested = [value for about, value in used if about == name]
    if suggested:
        told = plain(suggested[-1])
        rows = (told, _change(name, suggested[-1], ours), told)
    else:
        rows = before.pop(name)
    if ours is None or said.meant == Kind.NEAR:
        _put(values, name, rows[0])
    _put(changes, name, rows[1])
    _put(taken, name, rows[2])
    detail = said.detail | {"taken": taken, "before": before}
    return Said(values, changes, detail, _meant(said.meant, changes))


def _change(name, value, ours):
    """Return [old, new] of a detail, or None where nothing changes."""
    if ours is None or ours(name) == value or (name == "born_year" and ours("born_on")):
        return None
    return [plain(ours(name)), plain(value)]


def _meant(meant, changes):
    if meant == Kind.UNCHANGED and changes:
        return Kind.CHANGED.value
    return Kind.UNCHANGED.value if meant == Kind.CHANGED and not changes else meant


def _offers(detail, where):
    return offers_in({"problems": detail.get(where, ())})


def _put(told, name, value):
    told.pop(name, None) if value is None else told.update({name: value})
