"""The shapes in which features contribute to the engines below them. `loop.py` lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class FieldDeclaration:
    """What one stored personal field is for: the source of the register of processing (article 30).

    `model` is "app.Model", `fields` the columns it speaks for. `retention` says how long in words,
    `export` whether the person's own download holds it, `erase` what erasing does to it:
    "row" (deleted with the row), "blank" (emptied) or "keep" (with the reason in `why_kept`).
    """

    model: str
    fields: tuple[str, ...]
    purpose: str
    ground: str
    seen_by: str
    retention: str
    export: bool
    erase: str
    why_kept: str = ""


@dataclass(frozen=True)
class TimelineLine:
    """One source of lines on a person's timeline.

    `lines(unit, person_id, fields)` returns an iterable of `Happening`, at the cost of one
    statement; `fields` are the viewer's opened fields and decide what may be told.
    """

    key: str
    lines: Callable[..., Iterable["Happening"]]


@dataclass(frozen=True)
class Happening:
    """One thing that happened (or is next) to a person, as a reader meets it.

    `mend` is the address where the note in `more` is changed or deleted. What is next may be done
    from `at` on, and waits for it from `due_on` on, where that is another day. `sort` is what sort
    of thing is next ("call", "letter"): what an earlier source has told of is not told once more,
    but where that named nobody in `who`, the later one does.
    """

    at: datetime | date
    what: str
    more: str = ""
    who: str = ""
    state: str = ""
    url: str = ""
    mend: str = ""
    due_on: date | None = None
    sort: str = ""


@dataclass(frozen=True)
class PersonAction:
    """A button on the person page: shown to viewers with the permission, at most one is `main`.

    `label(person)` returns its words, none where it has no place. The route's arguments are the
    person's id and then `arguments`.
    """

    permission: str
    label: Callable[[Any], str]
    route: str
    arguments: tuple[str, ...] = ()
    method: str = "get"
    main: bool = False
    icon: str = ""


@dataclass(frozen=True)
class PersonPart:
    """A part of the person page that another feature draws, between the head and the timeline.

    `told(unit, person_id, *, today)` returns the template's context, or None when there is nothing
    to draw, at the cost of one statement.
    """

    permission: str
    template: str
    told: Callable[..., dict | None]


@dataclass(frozen=True)
class Newcomers:
    """Some new members of a file who are alike in what their welcome depends on.

    `known_after` is how many days after the joining the file tells of them, None where it does not
    say when they joined; `number` how many they are. `can_be_rung` is None where they do not want
    calls, False where the number is missing.
    """

    known_after: int | None
    can_be_rung: bool | None
    number: int


@dataclass(frozen=True)
class Arrival:
    """What a feature does for the new members of a file, told around the saving of it.

    `ahead(unit, newcomers, *, first)` tells before it what will be done, `after(unit, import_id)`
    what there is to do now; both return sentences, an empty list where nothing follows.
    """

    ahead: Callable[..., list[str]]
    after: Callable[..., list[str]]


@dataclass(frozen=True)
class Wanted:
    """One to-do that the data call for now.

    `occasion` names the fact, never the run date; `fact_on` is its day and `learned_on` the day
    Krets came to know it. `owner_id` is a person who must have it (a promise's giver), else None.
    """

    subject_id: int
    occasion: str
    fact_on: date
    learned_on: date
    due_on: date
    person_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Judgement:
    """What a routine says of a batch of subjects.

    `wanted` are the to-dos that should be open today, `next_on` {subject id: day} when to look
    again though nothing changed, `before` steps passed before Krets knew of them: stored closed.
    """

    wanted: list[Wanted] = field(default_factory=list)
    next_on: dict[int, date] = field(default_factory=dict)
    before: list[Wanted] = field(default_factory=list)


@dataclass(frozen=True)
class Routine:
    """A rule that says what is to be done, for whom and when (rutin).

    `judge(unit, ids, *, today, settings)` looks at a batch of at most 500 subjects and returns a
    `Judgement`; it is pure reading, with a constant number of statements. A to-do whose occasion is
    no longer wanted is closed by the engine with "the data show that it is done".

    subject     "person" or "unit": what the ids are
    owner       mandates in order of who gets the to-do when there is no contact person
    needs       the capability it takes to do it: only who holds it is given the to-do
    why         why the to-do exists, ≤ 70 characters. May hold %(name)s (first name), %(fact)s and
                %(learned)s (days as one says them: "on Tuesday"), %(days)d (since the fact) and
                what `told` adds
    watches, makes, closes
                in plain words, for those who set it: what it looks at, what there is to do, and
                when that goes away. Whom it is for and when it is passed on follows from the rest
    act         the button's words, %(name)s is the person's first name
    comes       what comes next for the person, as their page says it: "A welcome letter"
    opens       route name of the page that the button opens; its one argument is the subject's id,
                for a unit's to-do none. The to-do's id comes along as `todo`
    method      "post" when opening it claims something
    icon, kind  the button's icon; what sort of thing it is ("call", "letter"), for counting
    gather      how many open at once become one card with a list (0: never)
    gathered    that card's heading, lazy ngettext that chooses by "count" and writes %(shown)s:
                "14 welcome letters"; its reason `gathered_why`, and `gathered_opens` its route name
                without arguments (else a plain list)
    welcome     True: untouched 24 hours after due goes to the membership officer, else 7 days
    bulk        True: asked of many on one day; what is about one person stands before it
    waits_for   keys of routines earlier in the list: while one of them has a to-do open for the
                person this one waits (steps falling together merge), and `apart` days after one
                was done
    stale_after days: a fact older than that when learned makes nothing, nor does a due day that
                long ago
    told        told(unit, todos, *, today) → {todo.pk: {word: text}} for `why`; an "act" among
                them stands in place of the button's words, "to_owner" are words as the owner
                reads them; constant statements
    on_open     called with (unit, todos, at) in the same transaction when to-dos were made
    settings    the days and numbers an association may set: {name: (default, floor, ceiling)}
    labels      their words on the page of routines: {name: "Days until the call"}
    shapes      of those that are no plain number: {name: "day"} for month and day as one number
                (815 is 15 August), {name: "month"}
    campaign    the values that rule in an election year, where they are lower: {name: value}
    """

    key: str
    title: str
    why: str
    act: str
    opens: str
    judge: Callable[..., Judgement]
    comes: str = ""
    watches: str = ""
    makes: str = ""
    closes: str = ""
    subject: str = "person"
    owner: tuple[str, ...] = ("membership_officer",)
    use_contact_person: bool = True
    needs: str = "todo:act"
    method: str = "get"
    icon: str = ""
    kind: str = ""
    gather: int = 0
    gathered: str = ""
    gathered_why: str = ""
    gathered_opens: str = ""
    welcome: bool = False
    bulk: bool = False
    waits_for: tuple[str, ...] = ()
    apart: int = 0
    stale_after: int | None = None
    told: Callable[..., dict] | None = None
    on_open: Callable[..., None] | None = None
    settings: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)
    campaign: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """How much somebody has of one sort, in words with the number, and what it takes to have it.

    `more` tells something of it; `needs` are the capabilities of whoever can take it over.
    """

    words: str
    needs: frozenset[str]
    more: str = ""


@dataclass(frozen=True)
class Holding:
    """What somebody has by a mandate, and hands over to somebody else when the mandate ends.

    `lost` are the capabilities that end with it. `held(unit, person_id, *, lost, at)` returns a
    `Held` or None at the cost of one statement. `take_over(unit, *, holder_id, to, lost,
    sees_protected, by, at)` is a command that gives it to the person `to`: neither what is about
    `to` nor, unless `sees_protected`, what is about somebody with protected details.
    """

    held: Callable[..., Held | None]
    take_over: Callable[..., None]


@dataclass(frozen=True)
class UnitSettingKind:
    """A setting an association may change: typed, with default and floor."""

    key: str
    label: str
    kind: type
    default: Any
    floor: Any = None
    ceiling: Any = None
