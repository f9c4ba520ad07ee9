"""What is kept about signing in, and why."""

from krets.kit.contributions import FieldDeclaration

PRIVACY = [
    FieldDeclaration(
        model="register.Account",
        fields=(
            "id",
            "email",
            "confirmed_at",
            "language",
            "password",
            "last_login",
            "is_active",
            "created_at",
        ),
        purpose="Letting the right person sign in, in their language",
        ground="Art. 6(1)(f) and 9(2)(d): safeguards for the members' register",
        seen_by="The account itself; the address by whoever gives it a mandate",
        retention="As long as a person here is tied to it",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Account",
        fields=("trail_key",),
        purpose="Naming the account in the trail without telling who it is",
        ground="Art. 5(2): accountability",
        seen_by="Nobody",
        retention="As the account; the trail's lines stay 24 months and then lead nowhere",
        export=False,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Ticket",
        fields=(
            "id",
            "account",
            "unit",
            "purpose",
            "token_hash",
            "made_at",
            "expires_at",
            "used_at",
            "reusable",
        ),
        purpose="Personal links that do one thing; only a hash of the link is kept",
        ground="Art. 6(1)(f): safe sign-in",
        seen_by="Nobody",
        retention="30 days after its time is out",
        export=False,
        erase="row",
    ),
]
