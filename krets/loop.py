"""The arrows of the circle: who listens to what, and what the features contribute.

Nobody imports this module but `apps`, which connects it once all models are loaded.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets import events
from krets.events import MandatesChanged, MembersChanged, PeopleChanged, UnitChanged
from krets.kit.jobs import schedule
from krets.kit.ui import navigation
from krets.kit.ui.navigation import Place
from krets.overview.today.places import todos_waiting
from krets.register.access.permissions import Permission
from krets.register.accounts import privacy as accounts_privacy
from krets.register.mandates import privacy as mandates_privacy
from krets.rhythm.routines import jobs as routine_jobs
from krets.rhythm.routines import listeners as routine_listeners
from krets.rhythm.routines import privacy as routines_privacy
from krets.rhythm.routines import register as register_routines
from krets.rhythm.routines import registry as routine_registry
from krets.rhythm.todos import privacy as todos_privacy

LISTENERS = {
    PeopleChanged: [routine_listeners.people_changed],
    MembersChanged: [routine_listeners.file_came_in, routine_listeners.members_changed],
    UnitChanged: [routine_listeners.unit_changed],
    MandatesChanged: [routine_listeners.mandates_changed],
}

ROUTINES = [*register_routines.ROUTINES]

TIMELINE = []

PERSON_ACTIONS = []

PLACES = [
    Place(
        name="today",
        label=pgettext_lazy("place", "Today"),
        icon="today",
        route="overview:today:today",
        permission=Permission.TODAY_SEE,
        count=todos_waiting,
        bar=True,
    ),
    Place(
        name="mandates",
        label=_("Mandates"),
        icon="mandate",
        route="register:mandates:held",
        permission=Permission.MANDATE_SEE,
        group="office",
    ),
    Place(
        name="trail",
        label=_("The trail"),
        icon="trail",
        route="office:trail:trail",
        permission=Permission.TRAIL_SEE,
        group="office",
    ),
    Place(
        name="more",
        label=_("More"),
        icon="more",
        route="overview:more:more",
        permission=Permission.TODAY_SEE,
        group="bar",
        bar=True,
    ),
]

SCHEDULE = [*routine_jobs.SCHEDULE]

SETTINGS = []

PRIVACY = [
    *accounts_privacy.PRIVACY,
    *mandates_privacy.PRIVACY,
    *routines_privacy.PRIVACY,
    *todos_privacy.PRIVACY,
]


def connect():
    """Hand the lists to the engines."""
    events.connect(LISTENERS)
    routine_registry.connect(ROUTINES)
    schedule.connect(SCHEDULE)
    navigation.places[:] = PLACES
