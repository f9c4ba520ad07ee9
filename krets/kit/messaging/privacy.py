"""What the outbox keeps, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="messaging.Letter",
        fields=("at", "to", "subject", "body", "useful_until"),
        purpose="Sending messages, and keeping them readable until a mail server is set up",
        ground="Art. 6(1)(f): letting people sign in",
        seen_by="The operator, by a command on the machine",
        retention="Until sent, two days at most",
        export=False,
        erase="row",
    ),
]
