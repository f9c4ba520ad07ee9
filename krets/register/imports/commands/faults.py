"""What a person answers about cells that could not be read."""

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from krets.kit.audit import trail
from krets.kit.commands import command
from krets.register.imports import meanwhile
from krets.register.imports.arriving import Arriving
from krets.register.imports.commands.answering import (
    NOT_YET,
    AnsweredMeanwhileError,
    account_of,
    is_by,
    take_in_hand,
)
from krets.register.imports.commands.taking import take_rows_back
from krets.register.imports.known import as_known
from krets.register.imports.models import Import, ImportFault, ImportRow
from krets.register.members.models import Membership

Answer, Kind = ImportFault.Answer, ImportRow.Kind
# As `who_left` tells it of one row.
_LEFT = Q(changes__left_on__0=None) & ~Q(meant=Kind.NEAR)
_MOVED = Q(changes__left_reason__1=Membership.Reason.MOVED.value)
_DIED = Q(changes__left_reason__1=Membership.Reason.DECEASED.value)


@command
def answer_faults(importing, *, target, code, answer, seen, by, at):
    """Say what comes of all rows with one kind of fault in one column; "" asks again.

    What was suggested for their cells is then used no more. `seen` is how the file was read and
    what the answer was then (`Import.seen_as`). Rows about people with protected details are
    answered for by nobody who cannot see them.
    """
    kind, account = {"target": target, "code": code}, account_of(by)
    mine = answered_as(importing, **kind, answer=answer, seen=seen, account=account)
    taken = mine.filter(answer=Answer.TAKEN).order_by("number")
    taken = list(taken.values_list("number", flat=True))
    mine.update(answer=answer, answered_by=account)
    take_rows_back(importing, taken, target, account)
    stand(importing, _alike(importing, target, code).values("number"))
    trail.nothing(NOT_YET)


@command
def ask_again(importing, *, by, at):
    """Ask anew about what was answered in an earlier file. What was suggested then stays."""
    take_in_hand(importing)
    again = ImportFault.objects.filter(importing=importing, again=True).exclude(answer=Answer.TAKEN)
    again = again.open_to_all()
    numbers = list(again.values_list("number", flat=True))
    asked = again.update(answer="", answered_by=account_of(by), again=False)
    rows = ImportRow.objects.filter(importing=importing, number__in=numbers, warned=False)
    warned = rows.exclude(kind=Kind.REJECTED).count()
    rows.update(warned=True)
    Import.objects.filter(pk=importing.pk).update(
        again_count=F("again_count") - asked, warned_count=F("warned_count") + warned
    )
    stand(importing, numbers)
    trail.nothing(NOT_YET)


def answered_as(importing, *, target, code, answer, seen, account):
    """Return the faults of a kind to answer for all at once; refuse if they are not as `seen`."""
    now, before = take_in_hand(importing), seen.partition(":")[2]
    mine = _alike(importing, target, code).filter(answer__in=(before, answer))
    if seen != now.seen_as(before):
        raise AnsweredMeanwhileError(meanwhile.of_faults(mine=False))
    if not mine.exists():
        answered = _alike(importing, target, code).only("answered_by")
        raise AnsweredMeanwhileError(meanwhile.of_faults(mine=is_by(account, answered)))
    return mine


def _alike(importing, target, code):
    alike = ImportFault.objects.filter(importing=importing, target=target, code=code)
    return alike.asked().open_to_all()


def stand(importing, numbers):
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
            ended=Count("pk", filter=_LEFT),
            moved=Count("pk", filter=_LEFT & _MOVED),
            died=Count("pk", filter=_LEFT & _DIED),
        )
    )
    kinds = ("rejected", "warned", "left", "moved", "died")
    added = dict.fromkeys((f"{kind}_count" for kind in kinds), 0)
    for each in told:
        added[f"{each['meant']}_count"] = each["number"]
        added["rejected_count"] -= each["number"]
        added["warned_count"] += each["unread"]
        added["left_count"] += each["ended"] - each["moved"] - each["died"]
        added["moved_count"] += each["moved"]
        added["died_count"] += each["died"]
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
