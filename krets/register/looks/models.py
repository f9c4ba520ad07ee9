"""Who looked at whom."""

from django.db import models
from django.db.models.lookups import Lookup

from krets.register.access.scope import ScopedQuerySet


class HoldsNumber(Lookup):
    """`shown__holds=7`: the stored list holds the number. Both databases, one statement."""

    lookup_name = "holds"

    def get_prep_lookup(self):
        return int(self.rhs)

    def get_db_prep_lookup(self, value, _connection):
        return "%s", [value]

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        found = f"SELECT 1 FROM json_each({column}) WHERE value = %s"  # noqa: S608 -- a column
        return f"EXISTS ({found})", [*params, self.rhs]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @> to_jsonb(%s::bigint)", [*params, self.rhs]


models.JSONField.register_lookup(HoldsNumber)


class Look(models.Model):
    """That a viewer opened a person's details (titt): one row per viewer, person, page and day."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    viewer = models.ForeignKey("register.Account", models.PROTECT, related_name="looks")
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="looks")
    page = models.CharField(max_length=60)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person", "viewer", "page", "day"],
                name="look_is_one_a_day_and_page",
            ),
        ]
        indexes = [models.Index(fields=["unit", "viewer", "day"], name="look_of_viewer")]

    def __str__(self):
        return f"Look {self.pk}"


class ListLookQuerySet(ScopedQuerySet):
    def showing(self, person):
        """Keep the lists in which the person's name stood."""
        return self.filter(shown__holds=person.pk)


class ListLook(models.Model):
    """That a viewer was shown names (listvisning): the page, its filter and the ids shown."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    viewer = models.ForeignKey("register.Account", models.PROTECT, related_name="list_looks")
    page = models.CharField(max_length=60)
    told = models.CharField(max_length=300, blank=True)
    shown = models.JSONField()
    at = models.DateTimeField()

    objects = ListLookQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["unit", "viewer", "-at"], name="list_look_of_viewer")]

    def __str__(self):
        return f"List look {self.pk}"
