"""What a person answers about cells that could not be read."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.imports.arriving import Arriving
from krets.register.imports.commands.answering import (
    NOT_YET,
    AnsweredMeanwhileError,
    take_in_hand,
)
from krets.register.imports.comparison import plain
from krets.register.imports.known import as_known
from krets.register.imports.models import Import, ImportFault, ImportRow
from krets.register.imports.suggestions import detail_of, offers_in

Answer, Kind = ImportFault.Answer, ImportRow.Kind


class NoSuggestionError(CannotError):
    """There is no suggestion for the cell, or it was taken already."""


@command
def answer_faults(importing, *, target, code, answer, seen, by, at):
    """Say what comes of all rows with one kind of fault in one column; "" asks again.

    `seen` is how the file was read and what the answer was then (`Import.seen_as`). Rows about
    people with protected details are answered for by nobody who cannot see them.
    """
    now = take_in_hand(importing)
    alike = ImportFault.objects.filter(importing=importing, target=target, code=code)
    alike = alike.asked().open_to_all()
    before = seen.partition(":")[2]
    mine = alike.filter(answer__in=(before, answer))
    if seen != now.seen_as(before) or not mine.exists():
        raise AnsweredMeanwhileError(
            _(
                "Somebody has answered about these rows since you opened the page, or the file was"
                " read again. Your answer was not saved. Look at them once more, and answer."
            )
        )
    mine.update(answer=answer)
    _stand(importing, alike.values("number"))
    trail.nothing(NOT_YET)


@command
def ask_again(importing, *, by, at):
    """Ask anew about what was answered in an earlier file. What was suggested then stays."""
    take_in_hand(importing)
    again = ImportFault.objects.filter(importing=importing, again=True).exclude(answer=Answer.TAKEN)
    again = again.open_to_all()
    numbers = list(again.values_list("number", flat=True))
    asked = again.update(answer="", again=False)
    rows = ImportRow.objects.filter(importing=importing, number__in=numbers, warned=False)
    warned = rows.exclude(kind=Kind.REJECTED).count()
    rows.update(warned=True)
    Import.objects.filter(pk=importing.pk).update(
        again_count=F("again_count") - asked, warned_count=F("warned_count") + warned
    )
    _stand(importing, numbers)
    trail.nothing(NOT_YET)


@command
def take_suggestion(row, *, target, by, at):
    """Let a cell that could not be read mean what Krets suggests."""
    take_in_hand(row.importing)
    row.refresh_from_db()
    suggestion = dict(offers_in(row.detail)).get(target)
    if suggestion is None:
        raise NoSuggestionError(_("There is no suggestion left to use here. Reload the page."))
    name, value = detail_of(target, suggestion)
    values, changes, told = dict(row.values), dict(row.changes), plain(value)
    if row.person_id is None or row.meant == Kind.NEAR:
        values[name] = told
    if row.person_id and getattr(row.person, name) != value:
        changes[name] = [plain(getattr(row.person, name)), told]
    problems = [each for each in row.detail["problems"] if each["target"] != target]
    detail = row.detail | {"problems": problems}
    detail["taken"] = row.detail.get("taken", {}) | {name: told}
    meant = Kind.CHANGED if changes and row.meant == Kind.UNCHANGED else row.meant
    is_used, is_changed = row.kind != Kind.REJECTED, meant != row.meant
    ImportRow.objects.filter(pk=row.pk).update(
        kind=meant if is_used else Kind.REJECTED,
        meant=meant,
        values=values,
        changes=changes,
        detail=detail,
        warned=bool(problems),
    )
    Import.objects.filter(pk=row.importing_id).update(
        changed_count=F("changed_count") + int(is_used and is_changed),
        unchanged_count=F("unchanged_count") - int(is_used and is_changed),
        warned_count=F("warned_count") - int(is_used and row.warned and not problems),
    )
    mine = ImportFault.objects.filter(importing=row.importing_id, number=row.number, target=target)
    mine.update(answer=Answer.TAKEN)
    _stand(row.importing, [row.number])
    trail.nothing(NOT_YET)


def _stand(importing, numbers):
    """Let rows be skipped for their faults, or be what they are meant to be, and count them so."""
    rows = ImportRow.objects.filter(importing=importing, number__in=numbers).exclude(meant="")
    faults = ImportFault.objects.filter(importing=importing, number=OuterRef("number")).skipping()
    out = rows.exclude(kind=Kind.REJECTED).filter(Exists(faults))
    back = rows.filter(kind=Kind.REJECTED).exclude(Exists(faults))
    _count(importing, out, -1)
    _count(importing, back, 1)
    first = faults.order_by("target", "code").values("code")[:1]
    out.update(kind=Kind.REJECTED, answer="", reason=Subquery(first))
    back.update(kind=F("meant"), reason="")


def _count(importing, rows, sign):
    """Add rows to what the preview counts as what they are meant to be, or take them from it."""
    told = (
        rows.order_by()
        .values("meant")
        .annotate(
            number=Count("pk"),
            unread=Count("pk", filter=Q(warned=True)),
            ended=Count("pk", filter=Q(changes__has_key="left_on") & ~Q(meant=Kind.NEAR)),
        )
    )
    added = {"rejected_count": 0, "warned_count": 0, "left_count": 0}
    for each in told:
        added[f"{each['meant']}_count"] = each["number"]
        added["rejected_count"] -= each["number"]
        added["warned_count"] += each["unread"]
        added["left_count"] += each["ended"]
    changes = {name: F(name) + sign * count for name, count in added.items() if count}
    if not changes:
        return
    if "new_count" in added:
        changes["newcomers"] = _newcomers(importing, rows.filter(meant=Kind.NEW), sign)
    Import.objects.filter(pk=importing.pk).update(**changes)


def _newcomers(importing, rows, sign):
    mine = Import.objects.get(pk=importing.pk)
    arriving = Arriving(mine.newcomers)
    today = timezone.localdate(mine.read_at)
    for row in rows.select_related("person").order_by("pk").iterator(chunk_size=1000):
        person = as_known(row.person) if row.person_id else None
        arriving.add(row.values, row.changes, person, today=today, times=sign)
    return arriving.as_rows()
