"""What the trail keeps, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="audit.Entry",
        fields=(
            "unit_id",
            "at",
            "actor_key",
            "action",
            "subject_key",
            "commitment",
            "sealed_number",
            "seal",
        ),
        purpose="Telling afterwards who did what, in a way that cannot be changed unseen",
        ground="Art. 5(2) and 32: accountability and security",
        seen_by="The auditor, who sees officers' names and acts, never contents",
        retention="24 months",
        export=False,
        erase="keep",
        why_kept="People stand here by random keys; erasing them destroys what the keys lead to",
    ),
    FieldDeclaration(
        model="audit.Entry",
        fields=("detail", "salt"),
        purpose="What was changed, for finding out about misuse",
        ground="Art. 5(2) and 32: accountability and security",
        seen_by="The auditor: which setting was changed; the operator when misuse is looked into",
        retention="24 months, or until the person it tells of is erased",
        export=False,
        erase="blank",
    ),
]
