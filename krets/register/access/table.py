"""Who may do what, on which rows, seeing which fields: the whole policy on one page.

A row is capability × mandate → (rows, fields). Everything asks this table: query sets, pages,
buttons, the page that tells people what they may, and the generated tests.
"""

from dataclasses import dataclass

from krets.register.access.kinds import Mandates
from krets.register.access.permissions import Permission as P  # noqa: N817 -- a table is read
from krets.register.access.scope import Fields as F  # noqa: N817 -- in columns
from krets.register.access.scope import Rows

EVERY_FIELD = frozenset(F)
TO_CALL = frozenset({F.NAME, F.PHONE, F.MEMBERSHIP, F.PROFILE, F.CALL_NOTES})
OFFICE = frozenset({F.NAME, F.PHONE, F.EMAIL})


@dataclass(frozen=True)
class Grant:
    rows: frozenset[Rows]
    fields: frozenset[F] = frozenset()


UNIT_ALL = Grant(frozenset({Rows.UNIT}), EVERY_FIELD)
UNIT_NO_PERSONS = Grant(frozenset({Rows.UNIT}))
OWN_CALLS = Grant(frozenset({Rows.OWN_LIST}), TO_CALL)
OWN = Grant(frozenset({Rows.SELF}))
HOLDERS = Grant(frozenset({Rows.OFFICE_HOLDERS}), OFFICE)
# All mandates of the unit and the names of those they are for: also one that waits to be agreed to.
MANDATES = Grant(frozenset({Rows.UNIT}), OFFICE)
FIGURES = Grant(frozenset({Rows.FIGURES}))

M = Mandates
TABLE = {
    P.CALL_REPORT: {
        M.MEMBERSHIP_OFFICER: UNIT_ALL,
        M.CALLER: OWN_CALLS,
        M.CONTACT_PERSON: OWN_CALLS,
    },
    P.CALL_SHARE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.FIGURE_SEE: {
        M.MEMBERSHIP_OFFICER: FIGURES,
        M.CHAIR: FIGURES,
        M.VICE_CHAIR: FIGURES,
        M.SECRETARY: FIGURES,
        M.TREASURER: FIGURES,
        M.BOARD_MEMBER: FIGURES,
    },
    P.IMPORT_MAKE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.LEAVER_SEE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.LETTER_PRINT: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.LOOK_SEE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.MANDATE_AGREE: {
        M.CHAIR: MANDATES,
        M.VICE_CHAIR: MANDATES,
        M.SECRETARY: MANDATES,
        M.TREASURER: MANDATES,
        M.BOARD_MEMBER: MANDATES,
    },
    P.MANDATE_GIVE: {M.CHAIR: MANDATES, M.MEMBERSHIP_OFFICER: MANDATES},
    P.MANDATE_SEE: {
        M.CHAIR: HOLDERS,
        M.VICE_CHAIR: HOLDERS,
        M.SECRETARY: HOLDERS,
        M.TREASURER: HOLDERS,
        M.BOARD_MEMBER: HOLDERS,
        M.MEMBERSHIP_OFFICER: UNIT_ALL,
        M.AUDITOR: HOLDERS,
    },
    P.MEMBER_ADD: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.MEMBER_EDIT: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.MEMBER_SEE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.NOTE_WRITE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.PATH_SEE: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.PATH_SKIP: {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.ROUTINE_SET: {M.CHAIR: UNIT_NO_PERSONS, M.MEMBERSHIP_OFFICER: UNIT_NO_PERSONS},
    P.TODAY_SEE: dict.fromkeys(
        (
            M.CHAIR,
            M.VICE_CHAIR,
            M.SECRETARY,
            M.TREASURER,
            M.BOARD_MEMBER,
            M.CALLER,
            M.CONTACT_PERSON,
            M.AUDITOR,
        ),
        OWN,
    )
    | {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.TODO_ACT: dict.fromkeys(
        (
            M.CHAIR,
            M.VICE_CHAIR,
            M.SECRETARY,
            M.TREASURER,
            M.BOARD_MEMBER,
            M.CALLER,
            M.CONTACT_PERSON,
            M.AUDITOR,
        ),
        OWN,
    )
    | {M.MEMBERSHIP_OFFICER: UNIT_ALL},
    P.TRAIL_SEE: {M.AUDITOR: UNIT_NO_PERSONS},
}

# Giving does not need holding. Nobody gives to themself. Where a register is opened (membership
# officer), the chair and one more of the board give together (decision 15).
GIVES = {
    M.CHAIR: frozenset(M),
    M.MEMBERSHIP_OFFICER: frozenset({M.CALLER, M.CONTACT_PERSON}),
}
BY_TWO = frozenset({M.MEMBERSHIP_OFFICER})
