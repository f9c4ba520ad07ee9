"""What the routines keep about people, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="rhythm.Watch",
        fields=("id", "unit", "routine", "subject_id", "next_on"),
        purpose="Looking again on the right day, without reading everybody's details each night",
        ground="Art. 9(2)(d): contact with members within the association",
        seen_by="Nobody",
        retention="Until the day it names",
        export=False,
        erase="row",
    ),
]
