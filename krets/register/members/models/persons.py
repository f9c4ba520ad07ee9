"""Persons: everybody the association knows."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from krets.kit.numbers import random_key
from krets.kit.texts import PlainOrderField
from krets.register.access.scope import Fields, Rows, ScopedQuerySet
from krets.register.members.fields import columns
from krets.register.members.models.memberships import Fee, Membership


class PersonQuerySet(ScopedQuerySet):
    def members(self):
        """Keep those with a current membership."""
        return self.filter(
            Exists(Membership.objects.filter(person=OuterRef("pk")).current()), deceased_on=None
        )

    def listed(self):
        """Keep those who may stand in a list or a search: never protected persons."""
        return self.filter(protected_at=None)

    def hidden(self):
        """Keep those who stand in no list: protected persons and the dead."""
        return self.filter(Q(protected_at__isnull=False) | Q(deceased_on__isnull=False))

    def opened(self, fields):
        """Read only the columns these groups of fields open, and the latest membership if they do.

        Then the rows have `joined_on`, `joined_party_on`, `learned_at`, `left_on`, `left_reason`
        and `missing_on`, and their contact person's name. Whoever has been a member has
        `learned_at`, also where the day of joining is not known. With the fees opened they have
        `fee_told`, the latest year of which a file told of a member, and `fee_paid`, the latest
        that is paid.
        """
        opened = self.only(*columns(fields))
        if Fields.PROFILE in fields:
            names = (f"contact_person__{part}" for part in ("first_name", "last_name", "trail_key"))
            opened = self.select_related("contact_person").only(*columns(fields), *names)
        if Fields.MEMBERSHIP in fields:
            latest = Membership.objects.filter(person=OuterRef("pk")).latest_first()
            told = (
                *("joined_on", "joined_party_on", "learned_at"),
                *("left_on", "left_reason", "missing_on"),
            )
            opened = opened.annotate(
                **{column: Subquery(latest.values(column)[:1]) for column in told}
            )
        if Fields.FEES in fields:
            current = Membership.objects.current().filter(person=OuterRef("pk"))
            fees = Fee.objects.filter(unit=OuterRef("unit"), person=OuterRef("pk"))
            opened = opened.annotate(
                fee_told=Subquery(current.values("fee_told_year")[:1]),
                fee_paid=Subquery(fees.order_by("-year").values("year")[:1]),
            )
        return opened

    def within(self, scope):
        if Rows.UNIT in scope.rows:
            return self
        keep = Q(pk__in=[])
        if Rows.SELF in scope.rows:
            keep |= Q(pk__in=scope.person_ids)
        if Rows.OFFICE_HOLDERS in scope.rows:
            keep |= Q(pk__in=scope.office_holders())
        return self.filter(keep)


class Person(models.Model):
    """A human being the association knows (person): member, former member or prospect.

    Belongs to one unit; somebody known in two units has two rows.
    """

    class Sex(models.TextChoices):
        WOMAN = "woman", _("Woman")
        MAN = "man", _("Man")
        OTHER = "other", _("Other")

    # Indexes of their own for the unit would only slow imports: those below begin with it.
    unit = models.ForeignKey(
        "register.Unit", models.PROTECT, related_name="persons", db_index=False
    )
    account = models.ForeignKey(
        "register.Account", models.SET_NULL, null=True, related_name="persons"
    )
    trail_key = models.BigIntegerField(default=random_key, unique=True)
    register_number = models.CharField(max_length=40, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    said_as = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True)
    born_year = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=5, choices=Sex.choices, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    phone_home = models.CharField(max_length=20, blank=True)
    phone_work = models.CharField(max_length=20, blank=True)
    care_of = models.CharField(max_length=100, blank=True)
    street = models.CharField(max_length=150, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=40, blank=True)
    union = models.CharField(max_length=100, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    sms_agreed_at = models.DateTimeField(null=True)
    contact_person = models.ForeignKey("self", models.SET_NULL, null=True, related_name="contacts")
    no_calls_at = models.DateTimeField(null=True)
    supports_quietly_at = models.DateTimeField(null=True)
    protected_at = models.DateTimeField(null=True)
    deceased_on = models.DateField(null=True)
    # Else `deceased_on` is only the day on which we heard of it.
    deceased_day_known = models.BooleanField(default=True, db_default=True)
    sort_key = PlainOrderField(max_length=420)
    search = models.TextField()
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "register_number"],
                condition=~Q(register_number=""),
                name="person_number_is_one_in_the_unit",
            ),
            models.UniqueConstraint(
                fields=["unit", "account"],
                condition=Q(account__isnull=False),
                name="person_signs_in_as_one_in_the_unit",
            ),
            models.CheckConstraint(
                name="person_of_unknown_day_of_death_has_died",
                condition=Q(deceased_day_known=True) | Q(deceased_on__isnull=False),
            ),
            models.CheckConstraint(
                name="person_is_known_by_name_or_number",
                condition=~Q(first_name="") | ~Q(last_name="") | ~Q(register_number=""),
            ),
        ]
        indexes = [
            # The list goes by the first three. A search reads the others here, in order, and opens
            # only the rows that match: 3 to 4 times as fast in 100,000 rows of SQLite.
            models.Index(
                fields=["unit", "sort_key", "id", "search", "protected_at", "deceased_on"],
                name="person_alphabet",
            ),
            models.Index(fields=["unit", "email"], name="person_email"),
            models.Index(fields=["unit", "phone"], name="person_phone"),
            models.Index(fields=["unit", "born_on"], name="person_born"),
            # Read by members.queries.listing: those to take away from the count.
            models.Index(
                fields=["unit"],
                condition=Q(protected_at__isnull=False) | Q(deceased_on__isnull=False),
                name="person_hidden",
            ),
        ]

    def __str__(self):
        return f"Person {self.pk}"

    @property
    def name(self):
        """The whole name, or the register number where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.register_number

    @property
    def called(self):
        """What one says to the person: the first name, else the whole name."""
        return self.first_name or self.name
