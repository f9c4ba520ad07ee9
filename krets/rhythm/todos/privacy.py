"""What is kept about to-dos, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="rhythm.Todo",
        fields=(
            "id",
            "unit",
            "routine",
            "subject_id",
            "occasion",
            "person",
            "owner",
            "fact_on",
            "learned_on",
            "due_on",
            "made_at",
            "touched_at",
            "escalated_at",
            "escalations",
            "snoozed_until",
            "snoozes",
            "closed_at",
            "closed_by",
            "closing",
            "words",
            "last_act",
        ),
        purpose="Knowing what is to be done for a member, by whom and by when, and what was",
        ground="Art. 9(2)(d): contact with members within the association",
        seen_by="The one whose to-do it is, the membership officer, and whoever may read all of"
        " somebody's page",
        retention="As long as the person is known here; 24 months after it was closed at most",
        export=True,
        erase="row",
    ),
]
