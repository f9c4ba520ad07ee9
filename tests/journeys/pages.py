# ruff: noqa: S608 -- queries are made of our own words only
"""Every page there is, with rows for its address: the walk over all pages reads it.

A new page without arguments is walked by itself. One with arguments must be given its rows here, an
address that only takes what is sent must be named among POSTED, else the walk fails.
"""

from django.urls import reverse

from tests.register.access.routes import routes

KINDS = ("membership_officer", "chair", "caller", "auditor")

# Rows are asked of the demo's database: each query gives one value, or one for each argument.
NEWCOMER = "SELECT id FROM register_person WHERE first_name = 'Amina' AND last_name = 'Yusuf'"
OFTEN_RUNG = "SELECT person_id FROM welcome_attempt GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
PROTECTED = "SELECT id FROM register_person WHERE protected_at IS NOT NULL LIMIT 1"
LEFT = (
    "SELECT person_id FROM register_membership WHERE left_on IS NOT NULL ORDER BY left_on LIMIT 1"
)
OWN = "SELECT id FROM register_person WHERE account_id = :account"
NOTE = "SELECT id FROM register_note LIMIT 1"
MANDATE = "SELECT id FROM register_mandate WHERE ended_at IS NULL AND kind = 'auditor'"
TODO = "SELECT id FROM rhythm_todo WHERE closed_at IS NULL AND owner_id IN ({}) GROUP BY routine"
MY_TODO = TODO.format(OWN)
KINDS_OF_TODO = "SELECT column1 FROM (VALUES ('welcome_call'), ('welcome_letter'))"
ANY_CALL = "SELECT id FROM welcome_call WHERE closed_at IS NULL LIMIT 1"
MY_CALL = f"SELECT id FROM welcome_call WHERE closed_at IS NULL AND claimed_by_id IN ({OWN})"
RUNG = (
    "SELECT person_id FROM welcome_call WHERE closed_at IS NULL AND claimed_by_id IN ({}) LIMIT 1"
)
LETTER_TO = "SELECT person_id FROM welcome_letter WHERE kind = '{}' LIMIT 1"
SAVED = "SELECT max(id) FROM register_import WHERE applied_at IS NOT NULL"
WAITING = "SELECT max(id) FROM register_import WHERE applied_at IS NULL AND failed_at IS NULL"
BROKEN = "SELECT max(id) FROM register_import WHERE failed_at IS NOT NULL"
WAITING_KINDS = f"""SELECT ({WAITING}), column1 FROM (VALUES ('changed'), ('near'),
    ('missing'), ('missing_protected'), ('near_protected'), ('rejected'), ('warned'), ('faults'),
    ('again'), ('kept'))"""
SECTIONS = f"SELECT ({NEWCOMER}), column1 FROM (VALUES ('reach'), ('about'))"
STEP = f"SELECT ({NEWCOMER}), 'letter'"
LETTERS = "SELECT column1 FROM (VALUES ('welcome'), ('missed'), ('fee'))"
TEXTS = "SELECT column1, column2 FROM (VALUES ('welcome', 'sv'), ('welcome', 'en'), ('fee', 'sv'))"

ROWS = {
    "my_details": [OWN],
    "my_story": [OWN],
    "overview:today:kind": [KINDS_OF_TODO],
    "overview:today:todo": [MY_TODO],
    "register:imports:columns": [WAITING],
    "register:imports:figures": [f"SELECT ({WAITING}), 'head'"],
    "register:imports:kind": [WAITING_KINDS],
    "register:imports:progress": [SAVED],
    "register:imports:seen": [WAITING, SAVED, BROKEN],
    "register:imports:stop": [WAITING],
    "register:mandates:agree": [MANDATE],
    "register:mandates:end": [MANDATE],
    "register:mandates:give_to": [NEWCOMER, OWN],
    "register:members:contact": [NEWCOMER],
    "register:members:deceased": [NEWCOMER],
    "register:members:details": [SECTIONS],
    "register:members:end": [NEWCOMER],
    "register:members:history": [OFTEN_RUNG],
    "register:members:looks": [NEWCOMER, OFTEN_RUNG],
    "register:members:person": [NEWCOMER, OFTEN_RUNG, PROTECTED, LEFT],
    "register:members:rewrite": [NOTE],
    "register:members:unwrite": [NOTE],
    "register:members:words": [NEWCOMER],
    "rhythm:routines:routine": ["SELECT 'welcome_call' UNION SELECT 'fee_unpaid'"],
    "welcome:calls:card": [MY_CALL],
    "welcome:calls:person": [RUNG.format(OWN)],
    "welcome:letters:fee": [LETTER_TO.format("fee")],
    "welcome:letters:missed": [LETTER_TO.format("missed")],
    "welcome:letters:person": [LETTER_TO.format("welcome")],
    "welcome:letters:print": [LETTERS],
    "welcome:letters:words": [TEXTS],
    "welcome:path:skip": [STEP],
}

# Addresses that only take what is sent to them: there is nothing to look at.
POSTED = {
    "language",
    "overview:today:closing",
    "overview:today:owner",
    "overview:today:snooze",
    "overview:today:undo",
    "register:imports:again",
    "register:imports:ask_again",
    "register:imports:faults",
    "register:imports:missing",
    "register:imports:near",
    "register:imports:right",
    "register:imports:save",
    "register:imports:suggestion",
    "register:members:calls",
    "register:members:note",
    "register:members:quiet",
    "register:members:resume",
    "register:members:undo-deceased",
    "rhythm:routines:campaign",
    "rhythm:routines:undo",
    "sign_out",
    "welcome:calls:claim",
    "welcome:calls:decision",
    "welcome:calls:draft",
    "welcome:calls:let_go",
    "welcome:calls:next",
    "welcome:calls:report",
    "welcome:calls:undo",
    "welcome:leavers:call",
    "welcome:letters:printed",
    "welcome:letters:undo",
    "welcome:path:take_up",
}

# Not pages, or pages of somebody who has not signed in: those have tests of their own.
ELSEWHERE = {
    "account_confirm_login_code",
    "account_login",
    "account_request_login_code",
    "healthz",
    "home",
    "register:imports:left_out",
    "set_up",
    "set_up_astray",
    "set_up_lost",
    "set_up_step",
    "sign_in_link",
}

DARK = {
    "overview:today:today",
    "register:imports:seen",
    "register:members:list",
    "register:members:person",
    "welcome:calls:card",
    "welcome:letters:list",
}


def pages():
    """Return the routes to look at: all but those that only take, or are looked at elsewhere."""
    return [route for route in routes() if route[0] not in POSTED | ELSEWHERE]


def without_rows():
    """Return the names of routes whose address nobody has said how to fill."""
    return [name for name, _view, words in pages() if set(words) - {"unit"} and name not in ROWS]


def addresses_of(server, kind, route):
    """Return a route's addresses in a demo for one who holds a kind of mandate."""
    words = next(words for name, _view, words in routes() if name == route)
    own = server.rows(
        "SELECT account_id FROM register_person p JOIN register_mandate m ON p.id = m.person_id"
        " WHERE kind = ? AND ended_at IS NULL ORDER BY m.id LIMIT 1",
        [kind],
    )
    unit = ["bjorkvik"] if "unit" in words else []
    queries = ROWS.get(route, ["SELECT NULL WHERE 1"])
    rows = [row for query in queries for row in server.rows(query, {"account": own[0][0]})]
    values = [[*unit, *(value for value in row if value is not None)] for row in rows]
    return [reverse(route, args=row) for row in values]
