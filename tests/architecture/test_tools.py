"""What other programs watch over is told to whoever runs the tests alone, too."""

import subprocess
import sys
from pathlib import Path

from tools import messages

ROOT = Path(__file__).parents[2]


def test_the_layers_hold():
    program = Path(sys.executable).with_name("lint-imports")

    told = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stdout


def test_everything_on_screen_has_its_swedish():
    used, catalogue = messages.uses(), messages.joined()

    assert list(messages.problems(used, catalogue)) == []
    assert list(messages.outdated(used, catalogue)) == []
