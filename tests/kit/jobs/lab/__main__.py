"""Starts one of the lab's programs: python -m tests.kit.jobs.lab work."""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.kit.jobs.lab.settings"
django.setup()

from tests.kit.jobs.lab.programs import PROGRAMS  # noqa: E402 -- only now can models be imported

PROGRAMS[sys.argv[1]](*sys.argv[2:])
