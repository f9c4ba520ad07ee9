"""The arrows of the circle: who listens to what, and what the features contribute.

Nobody imports this module but `apps`, which connects it once all models are loaded.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krets import events
from krets.events import (
    MandatesChanged,
    MembersChanged,
    PeopleChanged,
    RoutineSwitchedOff,
    TodosMoved,
    UnitChanged,
)
from krets.kit.audit import privacy as audit_privacy
from krets.kit.jobs import schedule
from krets.kit.limits import jobs as limit_jobs
from krets.kit.messaging import jobs as messaging_jobs
from krets.kit.messaging import privacy as messaging_privacy
from krets.kit.ui import navigation
from krets.kit.ui.navigation import Place
from krets.overview.today.places import todos_waiting
from krets.register.access.permissions import Permission
from krets.register.accounts import privacy as accounts_privacy
from krets.register.imports import contributed as imports
from krets.register.imports import jobs as import_jobs
from krets.register.imports import privacy as imports_privacy
from krets.register.looks import privacy as looks_privacy
from krets.register.mandates import handing_over
from krets.register.mandates import listeners as mandate_listeners
from krets.register.mandates import privacy as mandates_privacy
from krets.register.members import privacy as members_privacy
from krets.register.members import timeline as members_timeline
from krets.register.organisation import privacy as organisation_privacy
from krets.register.profiles import contributed as person_page
from krets.register.profiles import holdings as contact_holdings
from krets.register.profiles import jobs as profile_jobs
from krets.register.profiles import privacy as profiles_privacy
from krets.register.profiles import timeline as profiles_timeline
from krets.rhythm.routines import holdings as todo_holdings
from krets.rhythm.routines import jobs as routine_jobs
from krets.rhythm.routines import listeners as routine_listeners
from krets.rhythm.routines import privacy as routines_privacy
from krets.rhythm.routines import register as register_routines
from krets.rhythm.routines import registry as routine_registry
from krets.rhythm.routines import timeline as routine_timeline
from krets.rhythm.todos import privacy as todos_privacy
from krets.welcome import privacy as welcome_privacy
from krets.welcome.calls import actions as call_actions
from krets.welcome.calls import holdings as call_holdings
from krets.welcome.calls import jobs as call_jobs
from krets.welcome.calls import listeners as call_listeners
from krets.welcome.calls import routines as call_routines
from krets.welcome.calls import timeline as call_timeline
from krets.welcome.leavers import allowances as leaver_allowances
from krets.welcome.leavers import jobs as leaver_jobs
from krets.welcome.leavers import listeners as leaver_listeners
from krets.welcome.leavers import routines as leaver_routines
from krets.welcome.letters import routines as letter_routines
from krets.welcome.letters import timeline as letter_timeline
from krets.welcome.path import arrivals as path_arrivals
from krets.welcome.path import parts as path_parts
from krets.welcome.path import routines as path_routines

LISTENERS = {
    # Calls before routines: what they close is then judged once, with all the rest. And after
    # them: what no to-do asks for any more is not rung.
    PeopleChanged: [
        mandate_listeners.people_changed,
        call_listeners.people_changed,
        routine_listeners.people_changed,
        call_listeners.people_judged,
    ],
    MembersChanged: [
        mandate_listeners.members_changed,
        routine_listeners.file_came_in,
        routine_listeners.members_changed,
        leaver_listeners.file_came_in,
        call_listeners.members_changed,
    ],
    UnitChanged: [routine_listeners.unit_changed],
    RoutineSwitchedOff: [call_listeners.routine_switched_off],
    MandatesChanged: [
        mandate_listeners.mandates_changed,
        routine_listeners.mandates_changed,
        call_listeners.mandates_changed,
    ],
    TodosMoved: [call_listeners.todos_moved],
}

ROUTINES = [
    *register_routines.ROUTINES,
    *path_routines.ROUTINES,
    *call_routines.ROUTINES,
    *letter_routines.ROUTINES,
    *leaver_routines.ROUTINES,
]

TIMELINE = [
    *members_timeline.TIMELINE,
    *profiles_timeline.TIMELINE,
    *call_timeline.TIMELINE,
    *letter_timeline.TIMELINE,
    # After the calls: what they tell of is not told once more.
    *routine_timeline.TIMELINE,
]

ARRIVALS = [*path_arrivals.ARRIVALS]

PERSON_ACTIONS = [*call_actions.PERSON_ACTIONS]

DOUBTS = [*call_actions.DOUBTS]

ALLOWANCES = [*leaver_allowances.ALLOWANCES]

PERSON_PARTS = [*path_parts.PERSON_PARTS]

# Contacts before the rest: people are written before the turn of their unit is taken.
HOLDINGS = [*contact_holdings.HOLDINGS, *todo_holdings.HOLDINGS, *call_holdings.HOLDINGS]

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
        name="members",
        label=_("Members"),
        icon="members",
        route="register:members:list",
        permission=Permission.MEMBER_SEE,
        bar=True,
    ),
    Place(
        name="calls",
        label=pgettext_lazy("place", "Calls"),
        icon="phone",
        route="welcome:calls:list",
        permission=Permission.CALL_REPORT,
        bar=True,
    ),
    Place(
        name="welcome",
        label=pgettext_lazy("place", "Welcome"),
        stage="welcome",
        route="welcome:path:overview",
        permission=Permission.PATH_SEE,
        group="circle",
    ),
    Place(
        name="imports",
        label=_("Member files"),
        icon="import",
        route="register:imports:list",
        permission=Permission.IMPORT_MAKE,
        group="office",
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
        name="routines",
        label=_("Routines"),
        icon="list",
        route="rhythm:routines:routines",
        permission=Permission.ROUTINE_SET,
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
    Place(
        name="me",
        label=_("My page"),
        icon="person",
        route="my_page",
        permission=Permission.TODAY_SEE,
        group="account",
    ),
]

SEARCHED = Place(
    name="search",
    label=pgettext_lazy("place", "Search"),
    icon="search",
    route="overview:search:search",
    permission=Permission.MEMBER_SEE,
)

SCHEDULE = [
    *import_jobs.SCHEDULE,
    *limit_jobs.SCHEDULE,
    *messaging_jobs.SCHEDULE,
    *profile_jobs.SCHEDULE,
    *routine_jobs.SCHEDULE,
    *call_jobs.SCHEDULE,
    *leaver_jobs.SCHEDULE,
]

SETTINGS = []

PRIVACY = [
    *accounts_privacy.PRIVACY,
    *audit_privacy.PRIVACY,
    *imports_privacy.PRIVACY,
    *looks_privacy.PRIVACY,
    *mandates_privacy.PRIVACY,
    *members_privacy.PRIVACY,
    *messaging_privacy.PRIVACY,
    *organisation_privacy.PRIVACY,
    *profiles_privacy.PRIVACY,
    *routines_privacy.PRIVACY,
    *todos_privacy.PRIVACY,
    *welcome_privacy.PRIVACY,
]


def connect():
    """Hand the lists to the engines."""
    events.connect(LISTENERS)
    handing_over.connect(HOLDINGS)
    routine_registry.connect(ROUTINES)
    imports.connect(ARRIVALS)
    person_page.connect(TIMELINE, PERSON_ACTIONS, PERSON_PARTS, DOUBTS, ALLOWANCES)
    schedule.connect(SCHEDULE)
    navigation.connect(PLACES, searched=SEARCHED)
