"""The facts that one stage tells the others.

A fact carries ids, never rows: whoever listens looks up what it needs.
"""

from dataclasses import asdict, dataclass
from functools import partial

from krets.kit.commands import at_end
from krets.kit.jobs.queue import enqueue

_listeners = {}


@dataclass(frozen=True)
class PeopleChanged:
    """Something about these people is not as it was: details, membership, fee, contact, profile.

    `by_id` is the account that did it, None when Krets did: it signs the to-dos that close.
    """

    unit_id: int
    person_ids: tuple[int, ...]
    by_id: int | None = None


@dataclass(frozen=True)
class MembersChanged:
    """An import was applied: the one fact for all it changed."""

    unit_id: int
    import_id: int


@dataclass(frozen=True)
class UnitChanged:
    """Something about the association itself changed: a file came in, a setting, a date."""

    unit_id: int


@dataclass(frozen=True)
class TodosMoved:
    """To-dos about these people have other owners than before."""

    unit_id: int
    person_ids: tuple[int, ...]


@dataclass(frozen=True)
class MandatesChanged:
    """Somebody was given a mandate or ended one."""

    unit_id: int


@dataclass(frozen=True)
class RoutineSwitchedOff:
    """A routine was switched off: its open to-dos were closed."""

    unit_id: int


def now(listener):
    """Mark a listener that runs in the transaction that made the fact true, not as a job."""
    listener.runs_now = True
    return listener


def connect(listeners):
    """Set who listens to what: {fact type: [listener, …]}. Called once, by `loop`."""
    _listeners.clear()
    _listeners.update(listeners)


def publish(fact, *, at):
    """Tell the listeners: those marked `now` at the command's end, the rest by one job each.

    Both are in the transaction that made the fact true; the same fact told twice is heard once.
    """
    for listener in _listeners.get(type(fact), []):
        if getattr(listener, "runs_now", False):
            at_end((listener, fact), partial(listener, **asdict(fact), at=at))
        else:
            enqueue(listener.job, at=at, unit_id=fact.unit_id, **_arguments(fact))


def _arguments(fact):
    return {key: value for key, value in asdict(fact).items() if key != "unit_id"}
