"""The tables that an import is laid ready in: one for each table it will write to."""

from krets.kit import bulk
from krets.kit.audit import trail
from krets.register.imports.known import DETAILS

PERSON = (
    *("unit_id", "trail_key", "created_at", "said_as"),
    *DETAILS,
    *("sms_agreed_at", "protected_at", "sort_key", "search", "revision"),
)
UPDATED = (
    *DETAILS,
    *("sms_agreed_at", "protected_at", "deceased_on", "deceased_day_known"),
    *("sort_key", "search"),
)
MEMBERSHIP = (
    *("joined_on", "joined_party_on", "kind", "branch"),
    *("left_on", "left_learned_at", "left_reason", "left_words"),
)
# Everybody concerned has a number in the import (n): new people get their ids only when saved.
WHO = "n integer PRIMARY KEY, id bigint"
# Those of whom the file does not say readably whether the fee is paid.
UNREAD = "n integer PRIMARY KEY"
# Those in whose row something could not be read, with the row's number in the file.
FAULT = "n integer PRIMARY KEY, number integer"
COLUMNS = {
    "ready_who": ("n", "id"),
    "ready_unread": ("n",),
    "ready_fault": ("n", "number"),
    "ready_same": ("n", "code", "digest"),
    "ready_person": ("n", *PERSON),
    "ready_update": ("id", "revision", *UPDATED),
    "ready_member": ("n", *MEMBERSHIP),
    "ready_member_change": ("id", *MEMBERSHIP),
    "ready_fee": ("n", "year", "paid_on", "amount_ore"),
    "ready_role": ("n", "title"),
    "ready_tag": ("n", "kind", "key", "word"),
    "ready_note": ("n", "text"),
    "ready_touch": ("n", "how"),
    "ready_change": ("n", "fields", "by_id", "import_id"),
    "ready_carried": ("person_id", "field"),
    "ready_trail": trail.COLUMNS,
}
_LIKE = {
    "ready_same": "register_importanswer",
    "ready_person": "register_person",
    "ready_update": "register_person",
    "ready_member": "register_membership",
    "ready_member_change": "register_membership",
    "ready_fee": "register_fee",
    "ready_role": "register_reportedrole",
    "ready_tag": "register_tag",
    "ready_note": "register_note",
    "ready_touch": "register_importedperson",
    "ready_change": "register_change",
    "ready_carried": "register_correction",
    "ready_trail": "audit_entry",
}


def _shape(name, like):
    columns = COLUMNS[name]
    numbered = columns[0] == "n"
    rest = bulk.quoted(columns[1:] if numbered else columns)
    return f"SELECT {'0 AS n, ' if numbered else ''}{rest} FROM {like} WHERE 1 = 0"  # noqa: S608 -- our names


# What `bulk.laid_ready` takes: columns, or a question whose answer has them.
TABLES = {"ready_who": WHO, "ready_unread": UNREAD, "ready_fault": FAULT} | {
    name: _shape(name, like) for name, like in _LIKE.items()
}
