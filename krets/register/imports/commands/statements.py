"""The statements that save an import: from the tables laid ready to the register, in this order."""

from string import Template

from krets.kit import bulk
from krets.kit.audit import trail
from krets.register.imports.commands.ready import MEMBERSHIP, PERSON, UPDATED


def _set(columns):
    return ", ".join(f'"{column}" = r."{column}"' for column in columns)


# Whom the file does not name; a row that was said to mean one of them names them all the same.
_MISSING = """
    SELECT m.person_id FROM register_importmissing m
    WHERE m.importing_id = %(import)s AND NOT EXISTS (
        SELECT 1 FROM register_importrow n
        WHERE n.importing_id = m.importing_id AND n.person_id = m.person_id
        AND n.kind = 'near' AND n.answer = 'same'
    )
"""
# Whoever a row may mean that nobody has answered is not said to be missing either, nor whoever was
# written in by hand and no file has named yet.
_GONE = """
    SELECT m.person_id FROM register_importmissing m
    WHERE m.importing_id = %(import)s AND NOT m.by_hand AND NOT EXISTS (
        SELECT 1 FROM register_importrow n
        WHERE n.importing_id = m.importing_id AND n.person_id = m.person_id
        AND n.kind = 'near' AND n.answer <> 'not_same'
    )
"""
# The fee of the year, of the membership that is looked at.
_PAID = """
    SELECT 1 FROM register_fee f
    WHERE f.person_id = register_membership.person_id AND f.year = %(year)s
"""
# What could not be read about people, whether it was answered or not.
_FAULTS = """
    FROM ready_fault r JOIN ready_who p ON p.n = r.n
    JOIN register_importfault f ON f.importing_id = %(import)s AND f.number = r.number
"""
_NAMES = {
    "faults": _FAULTS,
    "missing": _MISSING,
    "gone": _GONE,
    "paid": _PAID,
    "people": "JOIN ready_who p ON p.n = r.n",
    "person": bulk.quoted(PERSON),
    "set_person": _set(UPDATED),
    "membership": bulk.quoted(MEMBERSHIP),
    "ready_membership": ", ".join(f'r."{column}"' for column in MEMBERSHIP),
    "set_membership": _set(MEMBERSHIP),
    "trail": bulk.quoted(trail.COLUMNS),
    # Said outright, for PostgreSQL takes a NULL for a text.
    "by": "CAST(%(by)s AS bigint)",
}

CHANGED_MEANWHILE = """
    SELECT count(*) FROM ready_update r LEFT JOIN register_person p ON p.id = r.id
    WHERE p.id IS NULL OR p.revision <> r.revision
"""

_STATEMENTS = (
    """
    INSERT INTO register_person (id, $person) SELECT p.id, $person FROM ready_person r $people
    """,
    """
    UPDATE register_person SET $set_person, revision = r.revision + 1
    FROM ready_update r WHERE register_person.id = r.id
    """,
    """
    INSERT INTO register_membership (unit_id, person_id, learned_at, first_import, $membership)
    SELECT %(unit)s, p.id, %(at)s, %(first)s, $ready_membership FROM ready_member r $people
    """,
    """
    UPDATE register_membership SET $set_membership
    FROM ready_member_change r WHERE register_membership.id = r.id
    """,
    # From then on a member written in by hand is as the others: the register knows of them.
    """
    UPDATE register_membership SET by_hand_on = NULL
    WHERE unit_id = %(unit)s AND by_hand_on IS NOT NULL AND left_on IS NULL
    AND person_id NOT IN ($missing)
    """,
    """
    UPDATE register_membership SET missing_on = NULL
    WHERE unit_id = %(unit)s AND missing_on IS NOT NULL AND person_id NOT IN ($gone)
    """,
    """
    UPDATE register_membership SET missing_on = %(today)s
    WHERE unit_id = %(unit)s AND left_on IS NULL AND missing_on IS NULL AND person_id IN ($gone)
    """,
    """
    INSERT INTO register_fee (unit_id, person_id, year, paid_on, amount_ore, learned_at)
    SELECT %(unit)s, p.id, r.year, r.paid_on, r.amount_ore, %(at)s
    FROM ready_fee r $people WHERE true
    ON CONFLICT (person_id, year) DO UPDATE
    SET paid_on = excluded.paid_on, amount_ore = excluded.amount_ore
    """,
    # After the fees. The first file that told the year's fee unpaid rules: later ones move nothing.
    """
    UPDATE register_membership SET fee_told_year = %(year)s, fee_unpaid_on = CASE
        WHEN EXISTS ($paid) THEN NULL
        WHEN fee_told_year = %(year)s THEN coalesce(fee_unpaid_on, %(today)s)
        ELSE %(today)s
    END
    WHERE %(year)s > 0 AND unit_id = %(unit)s AND left_on IS NULL
    AND (coalesce(fee_told_year, 0) <> %(year)s OR (fee_unpaid_on IS NULL) <> EXISTS ($paid))
    AND person_id NOT IN ($missing)
    AND person_id NOT IN (SELECT p.id FROM ready_unread r $people)
    """,
    """
    DELETE FROM register_reportedrole
    WHERE person_id IN (SELECT p.id FROM ready_role r $people)
    """,
    """
    INSERT INTO register_reportedrole (unit_id, person_id, title)
    SELECT %(unit)s, p.id, r.title FROM ready_role r $people
    """,
    """
    INSERT INTO register_tag (unit_id, kind, key, word)
    SELECT %(unit)s, r.kind, r.key, min(r.word) FROM ready_tag r WHERE true
    GROUP BY r.kind, r.key
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO register_persontag (unit_id, person_id, tag_id, at, by_id)
    SELECT DISTINCT %(unit)s, p.id, t.id, %(at)s, $by
    FROM ready_tag r $people
    JOIN register_tag t ON t.unit_id = %(unit)s AND t.kind = r.kind AND t.key = r.key
    WHERE true
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO register_note (unit_id, person_id, text, at, by_id, ends_on)
    SELECT %(unit)s, p.id, r.text, %(at)s, $by, %(ends)s FROM ready_note r $people
    """,
    """
    INSERT INTO register_change (unit_id, person_id, at, by_id, import_id, fields)
    SELECT %(unit)s, p.id, %(at)s, r.by_id, r.import_id, r.fields FROM ready_change r $people
    """,
    """
    UPDATE register_correction SET carried_at = %(at)s
    WHERE carried_at IS NULL AND EXISTS (
        SELECT 1 FROM ready_carried r
        WHERE r.person_id = register_correction.person_id AND r.field = register_correction.field
    )
    """,
    """
    INSERT INTO register_importedperson (unit_id, importing_id, person_id, how)
    SELECT %(unit)s, %(import)s, p.id, r.how FROM ready_touch r $people WHERE true
    ON CONFLICT DO NOTHING
    """,
    # Rows in which something could not be read stay a day: they are to lead to who came of them.
    """
    UPDATE register_importrow SET person_id = p.id FROM ready_fault r $people
    WHERE register_importrow.importing_id = %(import)s AND register_importrow.number = r.number
    AND register_importrow.kind <> 'rejected'
    AND EXISTS (SELECT 1 FROM register_person made WHERE made.id = p.id)
    """,
    """
    DELETE FROM register_importanswer WHERE EXISTS (
        SELECT 1 $faults WHERE p.id = register_importanswer.person_id
        AND f.target = register_importanswer.target AND f.code = register_importanswer.code
    )
    """,
    """
    INSERT INTO register_importanswer
        (unit_id, person_id, target, code, digest, answer, answered_at)
    SELECT %(unit)s, p.id, f.target, f.code, f.digest, f.answer, %(at)s $faults
    WHERE f.answer <> ''
    """,
    """
    INSERT INTO register_importanswer
        (unit_id, person_id, target, code, digest, answer, answered_at)
    SELECT %(unit)s, p.id, 'row', r.code, r.digest, 'skip', %(at)s FROM ready_same r $people
    WHERE true
    ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO audit_entry ($trail) SELECT $trail FROM ready_trail
    """,
)
STATEMENTS = tuple(Template(statement).substitute(_NAMES) for statement in _STATEMENTS)
