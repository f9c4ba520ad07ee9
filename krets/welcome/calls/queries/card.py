"""All one needs to make one call."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.register.access.scope import Fields
from krets.register.models import Fee, Note, Person, PersonTag
from krets.register.profiles.models import Tag
from krets.welcome.calls import moments
from krets.welcome.calls.models import Attempt, Call, CallReason, Claim, Draft, WrongNumber
from krets.welcome.calls.models.calls import may_be_rung, young
from krets.welcome.calls.queries.begun import has_answers
from krets.welcome.calls.queries.facts import Fact, brief_of, facts_of, speaks
from krets.welcome.calls.queries.lists import told
from krets.welcome.calls.queries.numbers import good_numbers
from krets.welcome.calls.telling import last_paid

_NOTES = 3
_IN_VIEW = 3
_STILL_TOLD = timedelta(hours=12)


@dataclass(frozen=True)
class Card:
    """One call as the caller sees it: the person, the number, and what is good to know.

    `facts` stand in the order of what they are worth in this call: a few are in view.
    """

    call: Call
    person: object
    numbers: list[str]
    facts: list[Fact]
    brief: str
    speaks: str
    ask: list[str]
    kinds: frozenset[str] = frozenset()
    is_over: bool = False
    is_young: bool = False
    tried: int = 0
    try_at: str | None = None
    too_late: bool = False
    quiet: bool = False
    carried: dict = field(default_factory=dict)

    @property
    def number(self):
        """The number to ring first, or an empty string."""
        return self.numbers[0] if self.numbers else ""

    @property
    def in_view(self):
        return self.facts[:_IN_VIEW]

    @property
    def folded(self):
        return self.facts[_IN_VIEW:]


def card(call, viewer, scope, *, at, is_begun=False):
    """Return the card of a call, from what the scope opens. At most eight statements.

    `is_begun` tells that the viewer has begun to report it.
    """
    today = timezone.localdate(at)
    calls = Call.objects.of(viewer.unit).filter(pk=call.pk)
    begun = Draft.objects.filter(call=OuterRef("pk"), revision__gt=0)
    begun = begun.exclude(by__in=viewer.person_ids).order_by("-saved_at", "-pk")
    call = (
        told(calls, scope.fields)
        .annotate(begun_by_another=Subquery(begun.values("pk")[:1]))
        .annotate(last_paid=_last_paid(today.year))
        .annotate(is_young=_flag(young(today)), is_wanted=_flag(may_be_rung()))
        .get()
    )
    person, kinds = call.person, frozenset(reason.kind for reason in call.reasons.all())
    is_over = not (call.is_open and call.is_wanted)
    attempts = list(
        Attempt.objects.standing()
        .filter(person=person)
        .select_related("caller")
        .order_by("-at", "-pk")[:10]
    )
    wrong = set(WrongNumber.objects.filter(person=person).values_list("number", flat=True))
    carried = _carried(person) if Fields.PROFILE in scope.fields else {}
    recent = [each for each in attempts if each.at >= moments.lately(at)]
    unanswered = [each.at for each in reversed(recent) if each.outcome in Attempt.UNANSWERED]
    local_hour = timezone.localtime(at).hour
    return Card(
        call=call,
        person=person,
        numbers=good_numbers(person, wrong) if Fields.PHONE in scope.fields and not is_over else [],
        facts=facts_of(
            call,
            kinds,
            attempts,
            _notes(call, scope, Fields.CALL_NOTES in scope.fields and not is_over),
            carried,
            with_work=Fields.PROFILE in scope.fields,
            viewer=viewer,
            today=today,
            paid=last_paid(call.last_paid) if _tells_of_fees(kinds, scope) else "",
            begun=_begun_by_another(call),
            is_begun=is_begun,
        ),
        speaks=speaks(person) if Fields.PROFILE in scope.fields else "",
        brief=brief_of(call, kinds, attempts, carried, today),
        ask=_ask(carried, kinds),
        kinds=kinds,
        is_over=is_over,
        is_young=call.is_young,
        tried=len(unanswered),
        try_at=moments.other_time_of_day(unanswered),
        too_late=call.is_young and local_hour >= moments.YOUNG_UNTIL,
        quiet=moments.is_quiet(at),
        carried=carried,
    )


def draft_of(call, viewer):
    """Return the viewer's draft about the call, or None."""
    return Draft.objects.of(viewer.unit).filter(call=call, by__in=viewer.person_ids).first()


def holder(call, viewer):
    """Return the name of somebody else whom the call was given to, or nothing."""
    if call.given_to_id is None or call.given_to_id in viewer.person_ids:
        return ""
    names = ("first_name", "last_name", "register_number")
    return Person.objects.of(viewer.unit).only(*names).get(pk=call.given_to_id).name


def is_being_told(call, viewer, *, at, key=None):
    """Return whether the viewer is in the middle of telling how a call went that is over now.

    Whoever had it in hand when it was closed may write to the end. `key` is the report's that is
    being saved.
    """
    since = at - _STILL_TOLD
    if call.closed_at and call.closed_at <= since:
        return False
    mine = {"call": call, "by__in": viewer.person_ids}
    claimed = Claim.objects.filter(**mine, reported_at=None, at__gt=since)
    if call.given_to_id not in viewer.person_ids and not claimed.exists():
        return False
    told = Attempt.objects.filter(call=call, by=viewer.account, at__gt=since).exclude(key=key)
    return Draft.objects.filter(**mine, saved_at__gt=since).exists() and not told.exists()


def last_attempt(viewer, key):
    """Return the viewer's own report with the key, or None."""
    mine = Attempt.objects.of(viewer.unit).filter(key=key, by=viewer.account)
    return mine.select_related("call").first()


def left_out_of(attempt, typed):
    """Return those of the typed words that stand neither in the report nor among the tags."""
    note = attempt.note.text if attempt.note else ""
    told = {note.strip(), attempt.promise.strip()}
    tags = {word.casefold() for words in _carried(attempt.person).values() for word in words}
    return [
        words
        for words in typed
        if words not in told and not {each.strip().casefold() for each in words.split(",")} <= tags
    ]


def _carried(person):
    carried = {}
    tags = PersonTag.objects.filter(person=person).select_related("tag").order_by("tag__key", "pk")
    for each in tags:
        carried.setdefault(each.tag.kind, []).append(each.tag.word)
    return carried


def _begun_by_another(call):
    """Return the report that somebody else has begun of the call, without a word of it, or None."""
    if call.begun_by_another is None:
        return None
    names = (f"by__{column}" for column in ("first_name", "last_name", "register_number"))
    drafts = Draft.objects.select_related("by").only("saved_at", "answers", *names)
    draft = drafts.filter(pk=call.begun_by_another).first()
    return draft if draft and has_answers(draft) else None


def _tells_of_fees(kinds, scope):
    return CallReason.Kind.FEE in kinds and Fields.FEES in scope.fields


def _last_paid(year):
    """Return the last year before this for which the fee is known to be paid."""
    paid = Fee.objects.filter(unit=OuterRef("unit"), person=OuterRef("person"), year__lt=year)
    return Subquery(paid.order_by("-year").values("year")[:1])


def _flag(condition):
    return Case(When(condition, then=Value(True)), default=Value(False))


def _notes(call, scope, with_those_of_calls):
    """Return the last notes: all, or one's own and those that callers wrote of earlier calls."""
    notes = Note.objects.filter(unit=call.unit_id, person=call.person_id)
    opened = notes.within(scope)
    if with_those_of_calls:
        told = Attempt.objects.standing().filter(person=call.person_id, note=OuterRef("pk"))
        opened = notes.filter(Q(pk__in=opened.values("pk")) | Q(Exists(told)))
    return list(opened.order_by("-at", "-pk")[:_NOTES])


def _ask(carried, kinds):
    """Return what we would like to know of the person, as questions to have in mind."""
    if CallReason.Kind.FEE in kinds:
        return [
            _("Has the fee slipped your mind, or is it something else?"),
            _("How has it been to be a member?"),
            _("What would make it worth staying?"),
        ]
    questions = []
    if Tag.Kind.WANT not in carried:
        questions.append(_("What would be fun to do with us?"))
    if Tag.Kind.COMPETENCE not in carried:
        questions.append(_("What comes easily, at work or at home?"))
    if Tag.Kind.INTEREST not in carried:
        questions.append(_("Which questions matter most?"))
    return questions or [_("How has it been so far?")]
