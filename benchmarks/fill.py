"""Many associations in one database, put there straight: for measuring reading, not importing."""

from datetime import UTC, date, datetime, timedelta

BATCH = 2000
LATELY = timedelta(days=120)


def fill(associations, members, *, seed=1, today):
    """Put `associations` units of `members` members each into the database; return the first unit.

    Each has a membership officer (the account's address is officer@<slug>.example), fees of two
    years, tags for a third and a look for one in ten. Those who joined in the last 120 days came
    with later files; `judge` lets the routines see them.
    """
    from krets.demo.people import invent
    from krets.register.models import Account, Mandate, Organisation, Unit

    at = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
    people = [p for p in invent(members, seed=seed, today=today) if p.is_member(today)]
    organisation = Organisation.objects.create(name="Measure", created_at=at)
    party = Unit.objects.create(
        organisation=organisation, kind="party", name="Measure", slug="measure", created_at=at
    )
    first = None
    for number in range(associations):
        unit = Unit.objects.create(
            organisation=organisation,
            parent=party,
            kind="association",
            name=f"Association {number}",
            slug=f"a{number}",
            created_at=at,
        )
        persons = _persons(unit, people, at)
        account = Account.objects.create(email=f"officer@{unit.slug}.example", created_at=at)
        persons[0].account = account
        persons[0].save(update_fields=["account"])
        Mandate.objects.create(
            unit=unit,
            person=persons[0],
            kind="membership_officer",
            starts_on=date(2020, 1, 1),
            given_at=at,
            agreed_at=at,
        )
        _facts(unit, people, persons, at, today)
        first = first or unit
    return first


def judge(unit, at):
    """Let the routines judge everybody in the unit; return what they made, by routine."""
    from krets.register.models import Person
    from krets.rhythm.routines import night

    ids = Person.objects.of(unit).values_list("pk", flat=True)
    return night.run_for(unit.pk, "person", ids, at=at).made


def _persons(unit, people, at):
    from krets.register.members.keys import keys_of
    from krets.register.models import Person

    rows = []
    for person in people:
        row = Person(
            unit=unit,
            register_number=str(person.number),
            first_name=person.first_name,
            last_name=person.last_name,
            born_on=person.born_on,
            sex="woman" if person.sex == "K" else "man",
            email=person.email,
            phone="+46" + person.phone.replace(" ", "").replace("-", "")[1:]
            if person.phone
            else "",
            street=person.street,
            postal_code=person.postal_code,
            city=person.city,
            union=person.union,
            occupation=person.trade,
            created_at=at,
        )
        row.sort_key, row.search = keys_of(row)
        rows.append(row)
    return Person.objects.bulk_create(rows, batch_size=BATCH)


def _has_paid(person, today):
    paid_on = person.paid.get(today.year)
    return paid_on is not None and paid_on <= today


def _facts(unit, people, persons, at, today):
    from krets.register.models import Fee, Look, Membership, PersonTag, Tag

    pairs = list(zip(people, persons, strict=True))
    Membership.objects.bulk_create(
        [
            Membership(
                unit=unit,
                person=row,
                joined_on=person.joined_on,
                # Who joined lately came with a later file, so that the welcome waits for them.
                learned_at=max(at - LATELY, _noon(person.joined_on) + timedelta(days=5)),
                first_import=_noon(person.joined_on) < at - LATELY,
                fee_told_year=today.year,
                fee_unpaid_on=None if _has_paid(person, today) else today,
            )
            for person, row in pairs
        ],
        batch_size=BATCH,
    )
    Fee.objects.bulk_create(
        [
            Fee(unit=unit, person=row, year=year, paid_on=paid_on, learned_at=at)
            for person, row in pairs
            for year, paid_on in person.paid.items()
            if paid_on <= today
        ],
        batch_size=BATCH,
    )
    tags = {
        word: Tag.objects.create(unit=unit, kind="want", word=word, key=word)
        for word in sorted({word for person in people for word in person.wants})
    }
    PersonTag.objects.bulk_create(
        [
            PersonTag(unit=unit, person=row, tag=tags[word], at=at)
            for number, (person, row) in enumerate(pairs)
            if number % 3 == 0
            for word in person.wants
        ],
        batch_size=BATCH,
    )
    Look.objects.bulk_create(
        [
            Look(
                unit=unit,
                viewer_id=persons[0].account_id,
                person=row,
                page="person",
                day=today - timedelta(days=number % 60),
                last_at=at,
            )
            for number, row in enumerate(persons)
            if number % 10 == 0
        ],
        batch_size=BATCH,
    )


def _noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
