"""A saving that is killed leaves nothing, and done again it leaves everything once."""

import os
import random
import subprocess
import sys
from uuid import uuid4

import pytest

from tests.kit.jobs.conftest import PATIENCE, ROOT, Lab

ROWS = 2000
TABLES = ("register_person", "register_membership", "register_fee", "register_importedperson")
KILLS = 4


@pytest.fixture
def lab(tmp_path):
    """A database of its own on disk or on the server, for processes that are killed."""
    server = os.environ.get("KRETS_TEST_DATABASE_URL", "")
    if not server:
        yield Lab(tmp_path)
        return
    import psycopg  # noqa: PLC0415 -- only where there is a PostgreSQL

    base, name = server.rsplit("/", 1)[0], f"krets_lab_{uuid4().hex[:12]}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield Lab(tmp_path, f"{base}/{name}")
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(lab, word):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.register.imports.lab", word],
        cwd=ROOT,
        env=lab.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def counts(lab):
    asked = (f"SELECT count(*) FROM {table}" for table in TABLES)  # noqa: S608 -- our own names
    return [lab.one(sql) for sql in asked]


def wait(process):
    assert process.wait(PATIENCE) == 0
    process.stdout.close()


@pytest.mark.slow
def test_a_killed_saving_is_wholly_done_or_not_at_all(lab):
    chance = random.Random(4)  # noqa: S311 -- when to kill, not a secret
    wait(start(lab, "prepare"))

    for _kill in range(KILLS):
        process = start(lab, "save")
        process.stdout.readline()
        try:
            process.wait(chance.uniform(0, 0.15))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        applied = lab.one("SELECT count(*) FROM register_import WHERE applied_at IS NOT NULL")
        assert counts(lab) == [ROWS * applied] * len(TABLES)

    wait(start(lab, "save"))

    assert counts(lab) == [ROWS] * len(TABLES)
    assert lab.one("SELECT count(*) FROM register_importrow") == 0
    facts = "SELECT count(*) FROM audit_entry WHERE action = 'import.applied'"
    assert lab.one(facts) == 1
