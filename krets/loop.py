"""The arrows of the circle: who listens to what, and what the features contribute.

Nobody imports this module but `apps`, which connects it once all models are loaded.
"""

from krets import events
from krets.events import MandatesChanged, MembersChanged, PeopleChanged, UnitChanged
from krets.kit.jobs import schedule

LISTENERS = {
    PeopleChanged: [],
    MembersChanged: [],
    UnitChanged: [],
    MandatesChanged: [],
}

ROUTINES = []

TIMELINE = []

PERSON_ACTIONS = []

PLACES = []

SCHEDULE = []

SETTINGS = []

PRIVACY = []


def connect():
    """Hand the lists to the engines."""
    events.connect(LISTENERS)
    schedule.connect(SCHEDULE)
