"""Files as central registers write them, brought in the way a membership officer does."""

import csv
import io

import pytest
from django.urls import reverse

from krets.register.imports import commands
from krets.register.imports.models import Import
from tests.conftest import NOON

HEAD = ("Medlemsnr", "Förnamn", "Efternamn", "Födelsedatum", "E-post", "Mobil", "Medlem sedan")


def as_csv(rows, head=HEAD):
    """Return rows as the bytes of a file that Excel would write."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([head, *rows])
    return text.getvalue().encode("utf-8-sig")


@pytest.fixture
def preview(cast):
    """Take a file in and read it; returns its Import as it waits for an answer."""

    def read(rows, head=HEAD, *, by=None, at=NOON, **wanted):
        file = rows if isinstance(rows, bytes) else as_csv(rows, head)
        importing = commands.take_in(
            (by or cast.siv).unit,
            file=io.BytesIO(file),
            name="medlemmar.csv",
            wanted=wanted,
            enqueued=False,
            by=by or cast.siv,
            at=at,
        )
        commands.stage(importing, at=at)
        importing.refresh_from_db()
        return importing

    return read


@pytest.fixture
def save(cast):
    """Save an import that has been read; returns it."""

    def apply(importing, *, at=NOON, sure=True):
        commands.ask_to_apply(importing, sure=sure, enqueued=False, by=cast.siv, at=at)
        commands.apply(importing, at=at)
        return Import.objects.get(pk=importing.pk)

    return apply


@pytest.fixture
def bring_in(preview, save):
    """Read a file and save all of it."""

    def both(rows, head=HEAD, *, at=NOON, **wanted):
        return save(preview(rows, head, at=at, **wanted), at=at)

    return both


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.siv.account)
    return client


@pytest.fixture
def address(cast):
    def of(name, *args):
        return reverse(f"register:imports:{name}", args=[cast.bjorkvik.slug, *args])

    return of
