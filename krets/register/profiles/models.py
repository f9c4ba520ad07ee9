"""What the association itself knows about a person: wishes, skills, words written down."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from krets.kit.secrets import SealedTextField
from krets.register.access.scope import Rows, ScopedQuerySet


class Tag(models.Model):
    """A word that people can carry (märkord): an interest, a competence or a want."""

    class Kind(models.TextChoices):
        WANT = "want", _("Wants to")
        COMPETENCE = "competence", _("Is good at")
        INTEREST = "interest", _("Cares about")
        FREE = "free", _("Tag")

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    word = models.CharField(max_length=60)
    key = models.CharField(max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "key"], name="tag_is_one_of_its_kind"),
        ]

    def __str__(self):
        return f"Tag {self.pk}"


class PersonTagQuerySet(ScopedQuerySet):
    pass


class PersonTag(models.Model):
    """A tag that a person carries (märkord på person): no file takes it away."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="carried")
    at = models.DateTimeField()
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)

    objects = PersonTagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "tag"], name="tag_is_carried_once"),
        ]
        indexes = [models.Index(fields=["unit", "tag"], name="person_tag_of_tag")]

    def __str__(self):
        return f"Person tag {self.pk}"


class NoteQuerySet(ScopedQuerySet):
    def within(self, scope):
        if Rows.UNIT in scope.rows:
            return self
        return self.filter(by_id=scope.account_id)


class Note(models.Model):
    """Words written down about a person (anteckning), sealed, with a day when they end."""

    unit = models.ForeignKey("register.Unit", models.PROTECT)
    person = models.ForeignKey("register.Person", models.CASCADE, related_name="notes")
    text = SealedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey("register.Account", models.SET_NULL, null=True)
    ends_on = models.DateField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "person", "-at"], name="note_of_person"),
            models.Index(fields=["unit", "ends_on"], name="note_ends"),
        ]

    def __str__(self):
        return f"Note {self.pk}"
