"""What has been done for new members, as the data show it."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Concat, Trim
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.kept import kept
from krets.register.members.models import Membership
from krets.register.members.queries import name_of_account
from krets.register.profiles.models import PersonTag, Tag
from krets.welcome.calls.models import Attempt, Call, WrongNumber
from krets.welcome.calls.models.calls import NUMBERS
from krets.welcome.letters.models import Letter
from krets.welcome.path.models import SkippedStep
from krets.welcome.path.steps import Done

_TOLD = (Tag.Kind.WANT, Tag.Kind.COMPETENCE)
_ASKED = (Attempt.Wants.TOLD, Attempt.Wants.NOTHING)
_GIVEN_UP = (Call.Closing.LETTER, Call.Closing.WRITTEN, Call.Closing.NOT_NEEDED)


@dataclass
class Progress:
    """One member's way so far. `talk` is the first two-way contact: tries do not count."""

    person_id: int
    membership_id: int
    joined_on: date
    learned_on: date
    first_import: bool
    no_calls: bool = False
    quiet: bool = False
    has_number: bool = False
    letter: Done | None = None
    talk: Done | None = None
    wants: Done | None = None
    tries: int = 0
    tried_on: date | None = None
    resting: bool = False
    given_up: bool = False
    skipped: dict = field(default_factory=dict)

    @property
    def known_after(self):
        """How many days after the joining Krets learned of it."""
        return (self.learned_on - self.joined_on).days

    def is_before_krets(self, days):
        """Return whether a step of that many days was over when the first file came in."""
        return self.first_import and self.known_after > days


@kept
def progress_of(unit, ids=None, *, joined_from=None):
    """Return {person id: Progress} of current members: these, or all who joined from the day on.

    Two statements however many there are. Who has died is not there.
    """
    members = Membership.objects.of(unit).current().filter(person__deceased_on=None)
    if ids is not None:
        members = members.filter(person__in=ids)
    if joined_from is not None:
        members = members.filter(joined_on__gte=joined_from)
    found = {row["person"]: _progress(row) for row in members.annotate(**_told()).values(*_COLUMNS)}
    if found:
        _add_skipped(unit, list(found), found)
    return found


def _told():
    person = OuterRef("person")
    whole = Trim(Concat("caller__first_name", Value(" "), "caller__last_name"))
    attempts = Attempt.objects.standing().filter(person=person, at__date__gte=OuterRef("joined_on"))
    talks = attempts.talks().order_by("at", "pk")
    asked = attempts.filter(wants__in=_ASKED).order_by("at", "pk")
    letters = Letter.objects.filter(
        membership=OuterRef("pk"), kind=Letter.Kind.WELCOME, printed_at__isnull=False
    ).annotate(who=name_of_account("printed_by"))
    tags = PersonTag.objects.filter(person=person, tag__kind__in=_TOLD).order_by("at", "pk")
    calls = Call.objects.filter(person=person)
    tries = attempts.order_by().values("person").annotate(number=Count("pk")).values("number")
    return {
        "no_calls": _is_set("person__no_calls_at"),
        "quiet": _is_set("person__supports_quietly_at"),
        "has_number": _any_good_number(),
        "letter_at": Subquery(letters.values("printed_at")[:1]),
        "letter_by": Subquery(letters.values("who")[:1]),
        "talk_at": Subquery(talks.values("at")[:1]),
        "talk_by": Subquery(talks.annotate(who=whole).values("who")[:1]),
        "asked_at": Subquery(asked.values("at")[:1]),
        "asked_by": Subquery(asked.annotate(who=whole).values("who")[:1]),
        "asked_told": Subquery(asked.values("wants")[:1]),
        "tag_at": Subquery(tags.values("at")[:1]),
        "tries": Subquery(tries),
        "tried_at": Subquery(attempts.order_by("-at").values("at")[:1]),
        "resting": Exists(calls.open().resting()),
        "given_up": Exists(
            calls.filter(closing__in=_GIVEN_UP, closed_at__date__gte=OuterRef("joined_on"))
        ),
    }


def _is_set(column):
    return ExpressionWrapper(Q(**{f"{column}__isnull": False}), output_field=BooleanField())


def _any_good_number():
    wrong = WrongNumber.objects.filter(person=OuterRef("person"))
    good = Q(pk__in=[])
    for column in NUMBERS:
        number = f"person__{column}"
        good |= ~Q(**{number: ""}) & ~Exists(wrong.filter(number=OuterRef(number)))
    return ExpressionWrapper(good, output_field=BooleanField())


def _progress(row):
    return Progress(
        person_id=row["person"],
        membership_id=row["pk"],
        joined_on=row["joined_on"],
        learned_on=timezone.localdate(row["learned_at"]),
        first_import=row["first_import"],
        letter=_done(row["letter_at"], row["letter_by"], _("Printed")),
        talk=_done(row["talk_at"], row["talk_by"], _("Talked")),
        wants=_done(row["asked_at"], row["asked_by"], _asked(row))
        or _done(row["tag_at"], "", _("Known")),
        tries=row["tries"] or 0,
        tried_on=row["tried_at"] and timezone.localdate(row["tried_at"]),
        **{name: row[name] for name in _FLAGS},
    )


def _asked(row):
    return str(Attempt.Wants(row["asked_told"]).label) if row["asked_told"] else ""


def _done(at, who, words):
    return Done(at, who or "", words) if at else None


def _add_skipped(unit, ids, found):
    skipped = SkippedStep.objects.of(unit).filter(person__in=ids)
    rows = skipped.annotate(who=name_of_account())
    for person_id, membership_id, step, at, who, words in rows.values_list(
        "person", "membership", "step", "at", "who", "words"
    ):
        if found[person_id].membership_id == membership_id:
            found[person_id].skipped[step] = Done(at, who, words)


_FLAGS = ("no_calls", "quiet", "has_number", "resting", "given_up")
_COLUMNS = (
    "pk",
    "person",
    "joined_on",
    "learned_at",
    "first_import",
    *(name for name in _told() if name not in _FLAGS),
    *_FLAGS,
)
