"""What is kept about people and their memberships, and why."""

from krets.kit.contributions import FieldDeclaration

MEMBERS = "Art. 9(2)(d): the association's own members and regular contacts"
OFFICER = "The membership officer, and the member on My page"
CALLERS = "The membership officer, callers for the people on their own list, and the member"
LEAVERS = "While a member; de-identified six months after leaving"


def _person(fields, purpose, *, seen_by=OFFICER, erase="row", ground=MEMBERS, retention=LEAVERS):
    return FieldDeclaration(
        model="register.Person",
        fields=fields,
        purpose=purpose,
        ground=ground,
        seen_by=seen_by,
        retention=retention,
        export=True,
        erase=erase,
    )


PRIVACY = [
    _person(("unit", "register_number"), "Being the same person in the central register"),
    _person(
        ("first_name", "last_name", "said_as", "sort_key", "search"),
        "Knowing, finding and greeting the member by name",
        seen_by="Whoever's mandate opens names",
    ),
    _person(
        ("phone", "phone_home", "phone_work", "no_calls_at"),
        "Ringing the member, and not ringing those who do not want it",
        seen_by=CALLERS,
    ),
    _person(("email", "sms_agreed_at"), "Writing to the member as the member has agreed to"),
    _person(("care_of", "street", "postal_code", "city", "country"), "Sending letters"),
    _person(
        ("born_on", "born_year", "sex"),
        "Care for the young and the old, and figures of how the association is made up",
    ),
    _person(
        ("language", "union", "occupation", "supports_quietly_at", "contact_person"),
        "Meeting the member in a fitting way, and leaving those alone who wish it",
        seen_by=CALLERS,
    ),
    _person(
        ("protected_at",),
        "Keeping a protected person out of every list",
        ground="Art. 6(1)(c) and 9(2)(d): the law on protected population registration",
        retention="As long as the person is known here",
    ),
    _person(
        ("deceased_on", "deceased_day_known"),
        "Sending nothing to the home of somebody who has died",
    ),
    _person(
        ("account", "trail_key", "revision", "created_at"),
        "Signing in, signing what is done, and two people writing at once",
        seen_by="Nobody: they are Krets' own",
    ),
    FieldDeclaration(
        model="register.Membership",
        fields=(
            "unit",
            "person",
            "joined_on",
            "joined_party_on",
            "learned_at",
            "by_hand_on",
            "first_import",
            "kind",
            "branch",
            "left_on",
            "left_learned_at",
            "left_reason",
            "left_words",
            "fee_told_year",
            "fee_unpaid_on",
            "missing_on",
        ),
        purpose="Knowing who is a member and since when, asking nobody about a fee on no grounds,"
        " and learning why people leave",
        ground=MEMBERS,
        seen_by=CALLERS,
        retention="Six months after leaving; then only as a figure",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Fee",
        fields=("unit", "person", "year", "paid_on", "amount_ore", "learned_at"),
        purpose="Knowing for which years the fee is paid, and reminding kindly",
        ground=MEMBERS,
        seen_by=OFFICER,
        retention="Six months after leaving; the fee year is kept as a figure",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.ReportedRole",
        fields=("unit", "person", "title"),
        purpose="Knowing which positions the central register reports",
        ground=MEMBERS,
        seen_by=OFFICER,
        retention="Until the register reports it no more",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Change",
        fields=("unit", "person", "at", "by", "import_id", "fields"),
        purpose="Telling what was changed and by whom, and mending what was changed by mistake",
        ground="Art. 5(1)(d) and 9(2)(d): correct details about the association's members",
        seen_by=OFFICER,
        retention="24 months",
        export=True,
        erase="row",
    ),
    FieldDeclaration(
        model="register.Correction",
        fields=("unit", "person", "field", "old", "new", "at", "by", "carried_at"),
        purpose="Telling the central register what it has wrong",
        ground="Art. 5(1)(d) and 16: the right to have details corrected",
        seen_by=OFFICER,
        retention="Until the central register carries it, and 12 months after",
        export=True,
        erase="row",
    ),
]
