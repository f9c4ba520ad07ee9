"""What is kept about mandates, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="register.Mandate",
        fields=(
            "id",
            "unit",
            "person",
            "kind",
            "starts_on",
            "ends_on",
            "given_at",
            "given_by",
            "agreed_at",
            "agreed_by",
            "ended_at",
            "ended_by",
        ),
        purpose="Deciding who may see and do what, and telling afterwards who could",
        ground="Art. 9(2)(d) and 5(2): the association's own work, and accountability",
        seen_by="The board, the auditor and the membership officer",
        retention="24 months after it ended",
        export=True,
        erase="row",
    ),
]
