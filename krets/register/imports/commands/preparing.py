"""Everything an import will write, laid ready row by row before anything is locked."""

from types import SimpleNamespace

from django.db.models import Q
from django.utils import timezone

from krets.kit import bulk
from krets.kit.audit import trail
from krets.kit.db import unit_scope
from krets.kit.numbers import random_key
from krets.kit.secrets import seal
from krets.kit.tables.swedish import fold
from krets.register.imports.commands.leaving import LayingLeavers, as_taken
from krets.register.imports.commands.ready import COLUMNS, MEMBERSHIP, UPDATED
from krets.register.imports.commands.standing import memberships_of, people_of
from krets.register.imports.commands.waiting import READ, SKIPPED_ROWS, WANTED_ROWS
from krets.register.imports.comparison import KEY_LENGTH, WORDS, who_left
from krets.register.imports.doubles import code_and_digest_of
from krets.register.imports.known import DETAILS
from krets.register.imports.models import (
    FEE_UNREAD,
    ImportedPerson,
    ImportMissing,
    ImportRow,
    twin_in,
)
from krets.register.imports.queries import may_be_named
from krets.register.members.keys import keys_of
from krets.register.members.queries.words import DAY_UNKNOWN
from krets.register.profiles.models import Note

Kind, How = ImportRow.Kind, ImportedPerson.How
BATCH = 1000
_NOTE = Note._meta.get_field("text")

_MOMENTS = frozenset({"sms_agreed_at", "protected_at"})
_DETAILS = frozenset({*DETAILS, *_MOMENTS, "deceased_on"})
_MEMBERSHIP = frozenset(
    {"joined_on", "joined_party_on", "kind", "branch", "left_on", "left_reason"}
)
_DEFAULTS = dict.fromkeys(DETAILS, "") | {"born_on": None, "born_year": None}


class Preparing(LayingLeavers):
    """Lays an import ready. It reads what is staged and writes to tables of its own only."""

    def __init__(self, importing, *, by, at):
        self.importing = importing
        self.unit_id = importing.unit_id
        self.by = by
        self.account_id = by.account.pk if by and by.account else None
        self.at = at
        self.today = timezone.localdate(at)
        self.moment = bulk.moment(at)
        self.counts = dict.fromkeys(("new", "changed", "left", "moved", "died", "near"), 0)
        self._ready = {name: [] for name in COLUMNS}
        self._number = 0
        self._newcomers = {}

    def run(self, progress):
        """Lay everything ready; `progress(done)` is told after each batch of rows."""
        done = 0
        for laid in self._laid(ImportRow, WANTED_ROWS, self._lay_rows):
            done += laid
            progress(done)
        for _laid in self._laid(ImportRow, Q(kind=Kind.UNCHANGED), self._lay_carried_rows):
            pass
        for _laid in self._laid(ImportRow, SKIPPED_ROWS, self._lay_skipped_rows):
            pass
        left = Q(answer=ImportMissing.Answer.LEFT) & ~may_be_named()
        for _laid in self._laid(ImportMissing, left, self._lay_leavers):
            pass

    def _laid(self, model, wanted, lay):
        """Lay the wanted rows batch by batch; yield after each, outside of any transaction."""
        after, mine = 0, model.objects.filter(wanted, importing=self.importing)
        # Plain tuples: making model instances would cost more than all the rest.
        mine = mine.order_by("pk").values_list(*READ[model], named=True)
        while True:
            with unit_scope([self.unit_id]):
                rows = list(mine.filter(pk__gt=after)[:BATCH])
                if not rows:
                    return
                lay(rows)
                self._flush()
            after = rows[-1].pk
            yield len(rows)

    def _lay_rows(self, rows):
        people = people_of(self.unit_id, (row.person_id for row in rows))
        memberships = memberships_of(self.unit_id, people)
        for row in rows:
            if row.kind == Kind.NEAR and not row.answer:
                self.counts["near"] += 1
            elif row.answer == ImportRow.Answer.SAME and (twin := twin_in(row.marks)):
                self._lay_same(row, twin)
            elif row.person_id is None or row.answer == ImportRow.Answer.NOT_SAME:
                self._lay_new(row)
            elif row.person_id in people:
                person = people[row.person_id]
                self._lay_changes(row, person, memberships.get(person["id"]))
                self._lay_carried(row)

    def _lay_new(self, row):
        values, n, key = row.values, self._numbered(None), random_key()
        self._newcomers[row.number] = n
        details = _DEFAULTS | {name: values[name] for name in DETAILS if name in values}
        person = SimpleNamespace(**details)
        sort_key, search = keys_of(person)
        self._ready["ready_person"].append(
            (
                *(n, self.unit_id, key, self.moment, ""),
                *details.values(),
                self.moment if values.get("sms") else None,
                self.moment if values.get("protected") else None,
                *(sort_key, search, 0),
            )
        )
        left_on = values.get("left_on")
        self._ready["ready_member"].append(
            (
                n,
                values.get("joined_on"),
                values.get("joined_party_on"),
                values.get("kind", ""),
                values.get("branch", ""),
                left_on,
                self.moment if left_on else None,
                values.get("left_reason", "") if left_on else "",
                values.get("left_words", "") if left_on else "",
            )
        )
        for year, (paid_on, amount) in values.get("fees", {}).items():
            self._ready["ready_fee"].append((n, int(year), paid_on, amount))
        self._lay_words(n, {name: values[name] for name in WORDS if values.get(name)})
        self._lay_roles(n, values.get("roles", ()))
        self._lay_note(n, row.note)
        self._lay_unread(row, n)
        self._touch(n, key, How.NEW)
        self.counts["new"] += 1

    def _lay_same(self, row, twin):
        """Lay ready that the row says again what an earlier one says, and take nothing from it."""
        n = self._numbered(row.person_id) if row.person_id else self._newcomers.get(twin)
        if n:
            self._ready["ready_same"].append((n, *code_and_digest_of(self.unit_id, row.values)))

    def _lay_changes(self, row, person, membership):
        """Lay ready what the row changes about somebody known."""
        changes = row.changes
        joins = row.kind == Kind.NEW or "joins" in row.marks
        if not (changes or joins):
            self._lay_unread(row)
            return
        n = self._numbered(person["id"])
        self._lay_unread(row, n)
        self._lay_details(row.revision, person, changes)
        self._lay_membership(n, membership, changes, joins=joins)
        for name, (_old, new) in changes.items():
            if name.startswith("fee_"):
                paid_on, amount = new
                self._ready["ready_fee"].append((n, int(name[4:]), paid_on, amount))
        self._lay_words(n, {name: changes[name][1] for name in WORDS if name in changes})
        if "roles" in changes:
            self._lay_roles(n, changes["roles"][1])
        if "note" in changes:
            self._lay_note(n, row.note)
        if told := {name: pair for name, pair in changes.items() if name in _DETAILS}:
            self._lay_told(n, self._told(told), by=self.account_id, file=self.importing.pk)
        how = How.NEW if joins else How.CHANGED
        self._touch(n, person["trail_key"], how, fields=sorted(changes))
        # Of whom it was asked, somebody said that they are here already.
        self.counts["new" if joins and row.kind == Kind.NEW else "changed"] += 1
        for name, counts in zip(("left", "moved", "died"), who_left(changes), strict=True):
            self.counts[name] += counts

    def _lay_details(self, revision, person, changes):
        after = dict(person)
        for name in _DETAILS & changes.keys():
            new = changes[name][1]
            after[name] = (self.at if new else None) if name in _MOMENTS else new
        if "born_on" in changes:
            after["born_year"] = None
        if after["deceased_on"] == DAY_UNKNOWN:
            after |= {"deceased_on": self.today, "deceased_day_known": False}
        after["sort_key"], after["search"] = keys_of(SimpleNamespace(**after))
        for name in _MOMENTS:
            after[name] = bulk.moment(after[name])
        self._ready["ready_update"].append(
            (person["id"], revision, *(as_taken(after[name]) for name in UPDATED))
        )

    def _lay_membership(self, n, membership, changes, *, joins):
        changed = {name: changes[name][1] for name in _MEMBERSHIP if name in changes}
        if not (changed or joins):
            return
        if joins or membership is None:
            texts = [changed.get(name, "") for name in ("kind", "branch")]
            days = [changed.get(name) for name in ("joined_on", "joined_party_on")]
            self._ready["ready_member"].append((n, *days, *texts, None, None, "", ""))
            return
        after = membership | changed
        if "left_on" in changed:
            after["left_learned_at"] = membership["left_learned_at"] or self.at
        after["left_learned_at"] = bulk.moment(after["left_learned_at"])
        kept = (as_taken(after[name]) for name in MEMBERSHIP)
        self._ready["ready_member_change"].append((membership["id"], *kept))

    def _lay_words(self, n, words):
        for name, added in words.items():
            kind = WORDS[name].value
            for word in added:
                folded = (fold(word) or word.lower())[:KEY_LENGTH]
                self._ready["ready_tag"].append((n, kind, folded, word))

    def _lay_roles(self, n, titles):
        self._ready["ready_role"].extend((n, title) for title in dict.fromkeys(titles))

    def _lay_note(self, n, text):
        if text:
            self._ready["ready_note"].append((n, seal(text, place=_NOTE.place)))

    def _lay_carried_rows(self, rows):
        for row in rows:
            self._lay_carried(row)
            self._lay_unread(row)

    def _lay_skipped_rows(self, rows):
        for row in rows:
            n = self._numbered(row.person_id)
            self._ready["ready_fault"].append((n, row.number))
            self._ready["ready_unread"].append((n,))

    def _lay_unread(self, row, n=None):
        if row.meant:
            n = n or self._numbered(row.person_id)
            self._ready["ready_fault"].append((n, row.number))
            if FEE_UNREAD in row.marks:
                self._ready["ready_unread"].append((n,))

    def _lay_carried(self, row):
        for mark in row.marks:
            done, _colon, field = mark.partition(":")
            if done in {"carried", "overruled"}:
                self._ready["ready_carried"].append((row.person_id, field))

    def _told(self, changes):
        """Return changes as a person's history keeps them: a mark as the day it was set."""
        day = self.today.isoformat()
        return {
            name: [day if each else "" for each in pair] if name in _MOMENTS else list(pair)
            for name, pair in changes.items()
        }

    def _numbered(self, person_id):
        """Return the number in the import of somebody known, or of somebody new (None)."""
        self._number += 1
        self._ready["ready_who"].append((self._number, person_id))
        return self._number

    def _touch(self, n, key, how, **detail):
        self._ready["ready_touch"].append((n, how.value))
        told = detail | {"how": how.value, "import": self.importing.pk}
        subjects = [(f"person:{key}", told)]
        self._ready["ready_trail"] += trail.lines(
            "person.imported", subjects, by=self.by, at=self.moment, unit=self.unit_id
        )

    def _flush(self):
        for name, rows in self._ready.items():
            bulk.insert_rows(name, COLUMNS[name], rows)
            rows.clear()
