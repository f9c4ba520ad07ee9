"""What is kept about member files, and why."""

from krets.kit.contributions import FieldDeclaration

_BODY = "9(2)(d): members and regular contacts, inside the association"
_DAY = "until the file is saved or put away, at most 24 hours"

PRIVACY = [
    FieldDeclaration(
        model="register.Import",
        fields=(
            *("id", "unit", "key", "name", "size", "uploaded_at", "uploaded_by", "first"),
            *("round", "phase", "done", "total", "wanted", "kind", "encoding", "delimiter"),
            *("sheet", "sheets", "header_row", "columns", "read_at", "seen_import", "seen_person"),
            *("read_again_for", "rows_count", "new_count", "changed_count", "unchanged_count"),
            *("missing_count", "near_count", "rejected_count", "protected_count", "left_count"),
            *("warned_count", "carried_count", "gone_count", "newcomers", "fee_year", "warnings"),
            *("failed_at", "fault", "fault_detail"),
            *("asked_at", "asked_by", "applied_at", "applied_by", "cancelled_at", "cancelled_by"),
            "followed_up_at",
        ),
        purpose="To know which member files came in, by whom, and what they changed",
        ground=_BODY,
        seen_by="membership officer",
        retention="24 months; examples from the columns go when the file is saved or put away",
        export=False,
        erase="keep",
        why_kept="counts and headings only; the account stands for who brought the file in",
    ),
    FieldDeclaration(
        model="register.ImportPart",
        fields=("id", "unit", "importing", "number", "sealed"),
        purpose="To read the file, and to read it again when a column was taken for another",
        ground=_BODY,
        seen_by="nobody: sealed with a key outside the database",
        retention=_DAY,
        export=False,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ImportRow",
        fields=(
            *("id", "unit", "importing", "number", "kind", "person", "revision", "protected"),
            *("warned", "corrected", "gone", "values", "changes", "note", "marks", "reason"),
            *("detail", "answer"),
        ),
        purpose="To show what a file would change before anything is saved, and what was left out",
        ground=_BODY,
        seen_by="membership officer",
        retention=f"{_DAY}; the rows left out for 24 hours",
        export=False,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ImportMissing",
        fields=("id", "unit", "importing", "person", "protected", "answer", "reason"),
        purpose="To ask about members whom the file does not name, before anything is done",
        ground=_BODY,
        seen_by="membership officer",
        retention=_DAY,
        export=False,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ImportedPerson",
        fields=("id", "unit", "importing", "person", "how"),
        purpose="To know which file a person came with, and to tell the routines whom it was about",
        ground=_BODY,
        seen_by="membership officer",
        retention="as long as the person is kept",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ImportHabit",
        fields=("id", "unit", "columns", "set_at"),
        purpose="To know the columns of the next file",
        ground="no personal data: headings and what they mean",
        seen_by="membership officer",
        retention="until changed",
        export=False,
        erase="keep",
        why_kept="it says nothing about anybody",
    ),
]
