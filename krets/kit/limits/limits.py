"""May this be done once more just now? Counted exactly, by all processes together."""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.crypto import salted_hmac

from krets.kit.limits.models import Window

APART = "apart"


def take(key, *, limit, per, at):
    """Count one more for the key. Return False, counting nothing, when `limit` is reached.

    A window opens with the first and ends `per` later, for all at once. What is counted stays
    counted if the caller's transaction is undone.
    """
    if limit < 1:
        return False
    hashed = _hashed(key)
    with _own_transaction() as using:
        windows = Window.objects.using(using)
        if _count(windows.filter(key=hashed), limit, per, at):
            return True
        # Either the limit is reached or this key is new.
        new = Window(key=hashed, ends_at=at)
        windows.bulk_create([new], ignore_conflicts=True)
        return _count(windows.filter(key=hashed), limit, per, at)


def left(key, *, limit, per, at):
    """Return how many more times the key may be taken now."""
    row = Window.objects.filter(_open(per, at), key=_hashed(key)).first()
    return max(0, limit - row.taken) if row else limit


def again_at(key, *, per, at):
    """Return when the key's window ends and all may be taken anew; `at` when none is open."""
    row = Window.objects.filter(_open(per, at), key=_hashed(key)).first()
    return row.ends_at if row else at


def forget(key):
    """Forget what was counted for the key, as after a sign-in that succeeded."""
    Window.objects.filter(key=_hashed(key)).delete()


def prune(*, at):
    """Delete windows that have ended. Return how many."""
    return Window.objects.filter(ends_at__lte=at).delete()[0]


def _count(rows, limit, per, at):
    is_open = _open(per, at)
    # One statement reads, decides and counts, so that no two processes count the same place.
    return rows.filter(~is_open | Q(taken__lt=limit)).update(
        taken=Case(When(is_open, then=F("taken") + 1), default=Value(1)),
        ends_at=Case(When(is_open, then=F("ends_at")), default=Value(at + per)),
    )


def _open(per, at):
    # One that ends far ahead was opened by a clock that was wrong; it must not bar for years. Twice
    # the time leaves room for processes whose clocks differ a little.
    return Q(ends_at__gt=at, ends_at__lte=at + 2 * per)


def _hashed(key):
    return salted_hmac("krets.kit.limits", key, algorithm="sha256").hexdigest()


@contextmanager
def _own_transaction():
    """Open a transaction that stands whatever becomes of the caller's; yield its alias."""
    around = connections[DEFAULT_DB_ALIAS]
    outer = around.atomic_blocks[:1]
    if not outer or outer[0]._from_testcase:  # noqa: SLF001 -- as atomic(durable=True) does
        with transaction.atomic():
            yield DEFAULT_DB_ALIAS
    elif around.vendor == "sqlite":
        # Its one writer is the caller: a second connection would wait for it for ever.
        raise RuntimeError("Take from a limit before the transaction, not inside it")
    else:
        # A signed-in page on PostgreSQL is a transaction (kit.db.unit_scope).
        connections[APART] = around.copy(APART)
        try:
            with transaction.atomic(using=APART):
                yield APART
        finally:
            connections[APART].close()
            del connections[APART]
