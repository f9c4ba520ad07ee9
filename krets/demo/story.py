"""A year in the invented association: files come in, letters are printed, people are rung.

All of it happens by the product's own commands with the clock moved; nothing is put into a table
by hand. What the last days bring is left undone, so that there is something to do.
"""

import random
import uuid
from datetime import UTC, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate, localtime

from krets.demo.cast import OFFICERS
from krets.demo.files import file_days, register_file
from krets.demo.talks import fee_talk, talk
from krets.kit.jobs.worker import run_pending
from krets.register.access import tickets
from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission
from krets.register.access.viewer import Viewer
from krets.register.imports.run import bring_in
from krets.register.mandates import commands as mandates
from krets.register.mandates.models import Mandate
from krets.register.members.commands import edit_person
from krets.register.members.models import Person
from krets.register.organisation import commands as organisation
from krets.register.profiles.commands import set_contact_person
from krets.rhythm.routines import night
from krets.rhythm.todos.commands import hand_over
from krets.rhythm.todos.models import Todo
from krets.welcome.calls import commands as calls
from krets.welcome.calls.models import Call, CallReason
from krets.welcome.letters import commands as letters
from krets.welcome.letters import queries as letters_due
from krets.welcome.letters.models import Letter

A_MONTH = timedelta(days=30)
FIRST_HOUR, LAST_HOUR = 9, 18
# The officers' last evening before today: what came after it waits on Today.
LEFT_UNDONE = timedelta(days=4)
LIVELY = 5_000
AFTER_A_FILE = {0, 1, 3}
TAKEN_OVER = "elsa.lindqvist@example.org"


class Story:
    """The year, played from its first day to today."""

    def __init__(self, people, *, seed, today, now=None, name="Björkvik", party="Framtidspartiet"):
        self.people = people
        self.now = now
        self.by_number = {str(person.number): person for person in people}
        self.chance = random.Random(f"story:{seed}")
        self.today = today
        self.name, self.party = name, party
        self.lively = len(people) <= LIVELY
        self.unit = None

    def play(self, told=None):
        """Play the year; `told` is called with a line now and then. Return the unit."""
        days = file_days(self.today)
        self._begin(self._at(days[0], 8))
        for day, until in zip(days, [*days[1:], self.today], strict=True):
            if told:
                told(f"{day:%B %Y}")
            self._file(day)
            if day == days[0]:
                self._trust(self._at(day, 12))
            self._weeks(day, until)
        if self.lively:
            self._promise(self._at(self.today - timedelta(days=6), 18))
        self._night(self.today)
        self._take_over()
        return self.unit

    def viewer(self, officer, day):
        """Return the officer as a viewer on the day."""
        person = Person.objects.get(unit=self.unit, email=officer.email)
        return Viewer.of(person.account, self.unit.slug, day)

    def _callers(self):
        """Return the officers who ring: in a small association the membership officer alone."""
        held = Mandate.objects.of(self.unit).filter(kind=Mandates.CALLER)
        emails = set(held.values_list("person__email", flat=True))
        return [officer for officer in OFFICERS if officer.email in emails]

    def _begin(self, at):
        siv = OFFICERS[0]
        ticket = tickets.valid("set-up", organisation.new_setup_link(at=at), at=at)
        self.unit, account = organisation.set_up(
            ticket,
            organisation=self.party,
            association=self.name,
            first_name=siv.first_name,
            last_name=siv.last_name,
            email=siv.email,
            language="sv",
            by=None,
            at=at,
        )
        self.siv = Viewer.of(account, self.unit.slug, localdate(at))

    def _file(self, day):
        """Bring in the register's file of the day, and let all it starts be done."""
        at = self._at(day, 9)
        name = f"medlemslista-{day:%Y-%m}.csv"
        bring_in(self.unit, register_file(self.people, day), by=self.siv, at=at, name=name)
        run_pending(at + timedelta(minutes=1))

    def _trust(self, at):
        """Give the other officers their mandates; the chair's goes over to Alva."""
        everyone = {
            person.email: person
            for person in Person.objects.filter(
                unit=self.unit, email__in=[officer.email for officer in OFFICERS]
            )
        }
        for officer in OFFICERS[1:]:
            person = everyone.get(officer.email)
            for kind in officer.kinds if person else ():
                mandates.give(self.unit, person, kind=kind, email=officer.email, by=self.siv, at=at)
        if OFFICERS[1].email in everyone:
            own = Mandate.objects.get(
                unit=self.unit, person=self.siv.person, kind=Mandates.CHAIR, ended_at=None
            )
            alva = self.viewer(OFFICERS[1], localdate(at))
            mandates.end(own, by=alva, at=at)
            if not self._callers():
                siv = self.siv.person
                kind, email = Mandates.CALLER, OFFICERS[0].email
                mandates.give(self.unit, siv, kind=kind, email=email, by=alva, at=at)
        run_pending(at + timedelta(minutes=1))

    def _weeks(self, day, until):
        """Let nights and evenings pass: two night runs a week, letters and calls on Thursdays.

        And on the first evenings after a file came in, when there are new members to ring.
        """
        file_day = day
        while day < until:
            if day != file_day and day.weekday() in {0, 3}:
                self._night(day)
            is_evening = day.weekday() == 3 or (day - file_day).days in AFTER_A_FILE
            if self.lively and is_evening and day < self.today - LEFT_UNDONE:
                self._letters(self._at(day, 17))
                self._numbers(self._at(day, 17))
                self._evening(self._at(day, 18))
                self._decide(self._at(day, 20))
            day += timedelta(days=1)

    def _take_over(self):
        """Let the membership officer ring one of the newcomers herself: they know each other."""
        at = self._at(self.today, 9)
        todos = Todo.objects.of(self.unit).open().filter(routine="welcome_call")
        hers = todos.filter(person__email=TAKEN_OVER).first()
        if hers is None:
            return
        viewer = self.viewer(OFFICERS[0], self.today)
        set_contact_person(hers.person, contact=viewer.person, by=viewer, at=at)
        hers.refresh_from_db()
        if hers.owner_id != viewer.person.pk:
            hand_over(hers, to_person=viewer.person, needs=Permission.CALL_REPORT, by=viewer, at=at)

    def _promise(self, at):
        """Let a caller ring somebody by hand, and promise to ring again today."""
        callers = self._callers()
        if not callers:
            return
        viewer, siv = (
            self.viewer(officer, localdate(at)) for officer in (callers[-1], OFFICERS[0])
        )
        members = Person.objects.of(self.unit).members().listed().filter(no_calls_at=None)
        rung = Call.objects.filter(person=OuterRef("pk"))
        free = members.filter(~Exists(rung.open()), account=None).exclude(phone="")
        # Whoever has never been rung comes first, if there is anybody left.
        person = free.annotate(known=Exists(rung)).order_by("known", "pk").first()
        if person is None:
            return
        call = calls.open_call(
            person,
            kind=CallReason.Kind.BY_HAND,
            due_on=localdate(at),
            given_to=viewer.person,
            by=siv,
            at=at,
        )
        calls.claim(call, by=viewer, at=at)
        told = self._talk(self.by_number.get(person.register_number), at)
        told |= {
            "next_step": "call_again",
            "again_at": self._this_hour(),
            "promise": "Studiecirkeln i vår: dag och tid.",
        }
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        calls.report(call, key=key, outcome="talked", by=viewer, at=at, **told)

    def _numbers(self, at):
        """Let the membership officer find the numbers that are missing."""
        viewer = Viewer.of(self.siv.account, self.unit.slug, localdate(at))
        todos = Todo.objects.of(self.unit).open().filter(routine="number_missing")
        for todo in todos.select_related("person").order_by("pk"):
            number = f"+467017406{self.chance.randrange(5, 100):02d}"
            person = todo.person
            edit_person(person, seen=person.revision, changes={"phone": number}, by=viewer, at=at)

    def _night(self, day):
        at = self._at(day, 4)
        night.run(self.unit.pk, today=day, at=at)
        run_pending(at + timedelta(minutes=1))

    def _letters(self, at):
        viewer = Viewer.of(self.siv.account, self.unit.slug, localdate(at))
        fields = viewer.scope(Permission.LETTER_PRINT).fields
        for kind in Letter.Kind:
            due = letters_due.due_letters(self.unit, kind, fields=fields)
            if due and self.chance.random() < 0.8:
                letters.mark_printed(self.unit, kind=kind, due=due, by=viewer, at=at)

    def _evening(self, at):
        """Let each caller ring a few people from the list, on an evening when there is one."""
        is_any = Call.objects.of(self.unit).ready(at).exists()
        for officer in dict.fromkeys([*self._callers(), OFFICERS[0]]):
            viewer = self.viewer(officer, localdate(at))
            for turn in range(self.chance.randrange(1, 6) * is_any):
                moment = at + timedelta(minutes=12 * turn)
                call = calls.claim_next(self.unit, by=viewer, at=moment)
                if call is None:
                    break
                self._ring(call, viewer, moment + timedelta(minutes=6))

    def _decide(self, at):
        """Let the membership officer say how to go on with those who never answer: by letter."""
        viewer = Viewer.of(self.siv.account, self.unit.slug, localdate(at))
        for call in Call.objects.of(self.unit).open().resting().order_by("pk"):
            closing = Call.Closing.LETTER if self.chance.random() < 0.8 else None
            calls.decide_rested(call, closing=closing, by=viewer, at=at)

    def _ring(self, call, viewer, at):
        person = self.by_number.get(call.person.register_number)
        outcome = self.chance.choices(
            ["talked", "no_answer", "voicemail", "wrong_number"], weights=[62, 26, 10, 2]
        )[0]
        told = {}
        if outcome == "talked":
            about_fee = call.reasons.filter(kind=CallReason.Kind.FEE).exists()
            told = fee_talk(self.chance) if about_fee else self._talk(person, at)
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        calls.report(call, key=key, outcome=outcome, by=viewer, at=at, **told)

    def _talk(self, person, at):
        """Return what a talk gave, and now and then a day to call again."""
        told = talk(self.chance, person)
        if self.chance.random() < 0.25:
            told["next_step"] = "call_again"
            told["again_at"] = self._again(at)
        return told

    def _again(self, at):
        """Return when to call again: what was promised lately is promised for today."""
        again_at = at + timedelta(days=self.chance.choice([3, 7, 14, 30]))
        if self.today - localdate(at) <= A_MONTH:
            return datetime(self.today.year, self.today.month, self.today.day, 16, tzinfo=UTC)
        return again_at

    def _this_hour(self):
        """Return the hour that has just struck today, of those at which one agrees to ring."""
        struck = localtime(self.now).hour if self.now else LAST_HOUR
        hour = min(max(struck, FIRST_HOUR), LAST_HOUR)
        return datetime(self.today.year, self.today.month, self.today.day, hour - 1, tzinfo=UTC)

    def _at(self, day, hour):
        """Return the moment of the day, but never one that is still to come.

        Winter time throughout: an hour more or less tells nothing here.
        """
        at = datetime(day.year, day.month, day.day, hour - 1, tzinfo=UTC)
        return min(at, self.now) if self.now else at
