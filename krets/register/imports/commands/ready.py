"""The tables that an import is laid ready in: one for each table it will write to."""

from krets.kit import bulk
from krets.kit.audit import trail
from krets.register.imports.known import DETAILS

PERSON = (
    *("unit_id", "trail_key", "created_at", "said_as"),
    *DETAILS,
    *("sms_agreed_at", "protected_at", "sort_key", "search", "revision"),
)
UPDATED = (*DETAILS, "sms_agreed_at", "protected_at", "deceased_on", "sort_key", "search")
MEMBERSHIP = (
    *("joined_on", "joined_party_on", "kind", "branch"),
    *("left_on", "left_learned_at", "left_reason", "left_words"),
)
# Each table laid ready: what its columns are like, and how they are named in it.
TABLES = {
    "ready_person": ("register_person", bulk.quoted(PERSON)),
    "ready_update": ("register_person", bulk.quoted(("id", "revision", *UPDATED))),
    "ready_member": (
        "register_person p, register_membership m",
        "p.trail_key, " + ", ".join(f"m.{column}" for column in MEMBERSHIP),
    ),
    "ready_member_change": ("register_membership", bulk.quoted(("id", *MEMBERSHIP))),
    "ready_fee": (
        "register_person p, register_fee f",
        "p.trail_key, f.year, f.paid_on, f.amount_ore",
    ),
    "ready_role": ("register_person p, register_reportedrole r", "p.trail_key, r.title"),
    "ready_tag": ("register_person p, register_tag t", "p.trail_key, t.kind, t.key, t.word"),
    "ready_note": ("register_person p, register_note n", "p.trail_key, n.text"),
    "ready_touch": ("register_person p, register_importedperson i", "p.trail_key, i.how"),
    "ready_change": ("register_person p, register_change c", "p.trail_key, c.fields"),
    "ready_carried": ("register_correction", "person_id, field"),
    "ready_trail": ("audit_entry", bulk.quoted(trail.COLUMNS)),
}
COLUMNS = {
    "ready_person": PERSON,
    "ready_update": ("id", "revision", *UPDATED),
    "ready_member": ("trail_key", *MEMBERSHIP),
    "ready_member_change": ("id", *MEMBERSHIP),
    "ready_fee": ("trail_key", "year", "paid_on", "amount_ore"),
    "ready_role": ("trail_key", "title"),
    "ready_tag": ("trail_key", "kind", "key", "word"),
    "ready_note": ("trail_key", "text"),
    "ready_touch": ("trail_key", "how"),
    "ready_change": ("trail_key", "fields"),
    "ready_carried": ("person_id", "field"),
    "ready_trail": trail.COLUMNS,
}
