"""What an association's settings tell about people: who set them."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="register.UnitSetting",
        fields=("key", "value", "set_at", "set_by"),
        purpose="Remembering how the association wants its routines, and who chose it",
        ground="Art. 6(1)(f): running the association",
        seen_by="Chair and membership officer",
        retention="As long as the setting holds",
        export=False,
        erase="blank",
    ),
]
