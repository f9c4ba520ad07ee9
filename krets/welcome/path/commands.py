"""Leaving a step out, and taking it up again."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from krets.events import PeopleChanged, publish
from krets.kit.audit import trail
from krets.kit.commands import command
from krets.kit.errors import CannotError
from krets.register.members.models import Membership
from krets.register.organisation.models import Unit
from krets.rhythm.todos import commands as todos
from krets.welcome.path.models import SkippedStep


class NoReasonError(CannotError):
    """A step is left out only with a reason."""


class NotAMemberError(CannotError):
    """The path belongs to a membership, and there is none."""


@command
def skip_step(person, *, step, words, by, at):
    """Leave a step of the person's welcome path out, with the reason. Twice is once."""
    words = " ".join(words.split())
    if not words:
        raise NoReasonError(_("Write in a few words why the step is skipped."))
    membership = Membership.objects.current().filter(person=person).first()
    if membership is None:
        raise NotAMemberError(_("The path ended when the membership did."))
    try:
        with transaction.atomic():
            SkippedStep.objects.create(
                unit_id=person.unit_id,
                person=person,
                membership=membership,
                step=step.key,
                words=words[:200],
                at=at,
                by=by.account,
            )
    except IntegrityError:
        trail.nothing("the step was left out already")
        return
    trail.record("step.skipped", person, by=by, at=at, step=step.key)
    publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by.account.pk), at=at)


@command
def take_up_step(person, *, step, by, at):
    """Take a step up again that was left out."""
    Unit.objects.in_turn(person.unit_id)
    skipped = SkippedStep.objects.filter(person=person, step=step.key, membership__left_on=None)
    closed_at = skipped.values_list("at", flat=True).first()
    if closed_at is None:
        trail.nothing("the step was not left out")
        return
    skipped.delete()
    trail.record("step.taken_up", person, by=by, at=at, step=step.key)
    todos.reopen(person, closed_at=closed_at, by=by, at=at)
    publish(PeopleChanged(person.unit_id, (person.pk,), by_id=by.account.pk), at=at)
