"""What is kept of what people want, know and have said, and why."""

from krets.kit.contributions import FieldDeclaration

MEMBERS = "Art. 9(2)(d): the association's own members and regular contacts"

PRIVACY = [
    FieldDeclaration(
        model="register.PersonTag",
        fields=("unit", "person", "tag", "at", "by"),
        purpose="Asking each member for what the member wants to do",
        ground=MEMBERS,
        seen_by="The membership officer, callers for the people on their own list, and the member",
        retention="While a member; deleted six months after leaving",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Note",
        fields=("unit", "person", "text", "at", "by", "ends_on"),
        purpose="Remembering what was said until the next talk",
        ground=MEMBERS,
        seen_by="The membership officer, whoever wrote it, the member on My page, and for notes of"
        " calls whoever has the next call to the person in hand; sealed in the database",
        retention="12 months",
        export=True,
        erase="row",
    ),
]
