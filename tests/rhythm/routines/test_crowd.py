import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.rhythm.crowd import PEOPLE, association, crowd

ROOT = Path(__file__).parents[3]
ALL_ONCE_AND_EVENLY = (PEOPLE, PEOPLE // 3)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_make_each_to_do_once_and_share_them_evenly(tmp_path):
    if connection.vendor == "postgresql":
        assert crowd(*association()) == ALL_ONCE_AND_EVENLY
        return

    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KRETS_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.rhythm.crowd"],
        cwd=ROOT,
        env={**kept, "KRETS_DATA": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )

    assert done.stdout.strip() == str(ALL_ONCE_AND_EVENLY)
