"""What can be asked about jobs: is anybody working, and what was given up on."""

from datetime import timedelta

from krets.kit.jobs.models import DeadLetter, WorkerBeat

ALIVE_WITHIN = timedelta(seconds=30)


def alive(now):
    """Tell whether some worker has shown itself within half a minute."""
    return WorkerBeat.objects.filter(beat_at__gt=now - ALIVE_WITHIN).exists()


def dead_letters():
    """Return the jobs Krets has given up on and nobody has run again, newest first."""
    return DeadLetter.objects.waiting().order_by("-died_at", "-pk")
