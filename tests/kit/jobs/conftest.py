"""A lab: a database of its own on disk, and real processes over it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[3]
# Only to end a hanging test; nothing is judged by its time.
PATIENCE = 60


class Lab:
    def __init__(self, folder, url=""):
        self.folder = folder
        self.url = url
        self.workers = []

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KRETS_", "DJANGO_"))}
        return {**kept, "KRETS_DATA": str(self.folder), "DATABASE_URL": self.url}

    def command(self, *words):
        return [sys.executable, "-m", "tests.kit.jobs.lab", *map(str, words)]

    def run(self, *words):
        done = subprocess.run(
            self.command(*words),
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
        return done.stdout.strip()

    def start_worker(self, *words):
        log = (self.folder / "worker.log").open("ab")
        process = subprocess.Popen(
            self.command("work", *words), cwd=ROOT, env=self.environment(), stdout=log, stderr=log
        )
        log.close()
        self.workers.append(process)

    def kill_worker(self, index):
        process = self.workers.pop(index)
        process.kill()
        process.wait()

    def send_home(self):
        """End all workers the gentle way. Return their exit statuses."""
        for process in self.workers:
            process.send_signal(signal.SIGTERM)
        statuses = [process.wait(PATIENCE) for process in self.workers]
        self.workers.clear()
        return statuses

    def ask(self, sql):
        if self.url:
            import psycopg  # noqa: PLC0415 -- only where there is a PostgreSQL

            with psycopg.connect(self.url) as connection:
                return connection.execute(sql).fetchall()
        connection = sqlite3.connect(self.folder / "krets.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def one(self, sql):
        return self.ask(sql)[0][0]

    def wait_until(self, sql, least):
        """Wait for other processes, of which nobody tells us anything but the database."""
        deadline = time.monotonic() + PATIENCE
        while self.one(sql) < least:
            if time.monotonic() > deadline:
                pytest.fail((self.folder / "worker.log").read_text()[-2000:])
            time.sleep(0.01)

    def end(self):
        for process in self.workers:
            process.kill()
            process.wait()


@pytest.fixture
def lab(tmp_path):
    server = os.environ.get("KRETS_TEST_DATABASE_URL")
    if server:
        yield from _on_postgresql(tmp_path, server)
    else:
        lab = Lab(tmp_path)
        lab.run("tables")
        yield lab
        lab.end()


def _on_postgresql(folder, server):
    import psycopg  # noqa: PLC0415 -- only where there is a PostgreSQL

    name = f"krets_lab_{uuid4().hex[:12]}"
    base = server.rsplit("/", 1)[0]
    with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        lab = Lab(folder, f"{base}/{name}")
        try:
            lab.run("tables")
            yield lab
        finally:
            lab.end()
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
