"""What is kept about looks, and why."""

from krets.kit.contributions import FieldDeclaration

GROUND = "Art. 5(2) and 32: accountability and security of the members' data"

PRIVACY = [
    FieldDeclaration(
        model="register.Look",
        fields=("unit", "viewer", "person", "page", "day", "times", "last_at", "reason"),
        purpose="Telling members who has looked at their details, and noticing misuse",
        ground=GROUND,
        seen_by="The member on My page, the membership officer; the auditor as a pattern",
        retention="24 months",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ListLook",
        fields=("unit", "viewer", "page", "told", "shown", "at"),
        purpose="Telling members in how many lists they stood, and noticing misuse",
        ground=GROUND,
        seen_by="The member on My page, the membership officer; the auditor as a pattern",
        retention="24 months",
        export=True,
        erase="keep",
        why_kept="holds only numbers that lead nowhere once the person is erased",
    ),
]
