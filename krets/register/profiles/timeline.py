"""What is written down about a person, and what was changed, on the timeline."""

from django.db.models import IntegerField, JSONField, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from krets.kit.contributions import Happening, TimelineLine
from krets.register.access.scope import Fields
from krets.register.members.models import Change
from krets.register.members.queries import changed_in_words, name_of_account
from krets.register.profiles.models import Note

MOST = 400


def written(unit, person_id, fields):
    """Yield what was changed, field by field, and the notes that have not ended. One statement."""
    parts = []
    if Fields.HISTORY in fields:
        mine = _signed(Change, unit, person_id)
        no_text = Value(None, output_field=Note._meta.get_field("text"))
        parts.append(mine.values_list("pk", "at", "who", "fields", "import_id", no_text))
    if Fields.NOTES in fields:
        no_fields = Value(None, output_field=JSONField())
        no_import = Value(None, output_field=IntegerField())
        mine = _signed(Note, unit, person_id)
        parts.append(mine.values_list("pk", "at", "who", no_fields, no_import, "text"))
    if not parts:
        return
    rows = parts[0].union(*parts[1:], all=True).order_by("-at", "-pk")
    for pk, at, who, changed, import_id, text in rows[:MOST]:
        if changed is None:
            mend = reverse("register:members:rewrite", args=[unit.slug, pk])
            yield Happening(at, _("Note"), more=text, who=who, mend=mend)
        elif more := changed_in_words(changed, fields):
            by_file = _("Changed by the file from the register")
            yield Happening(at, by_file if import_id else _("Details changed"), more=more, who=who)


def _signed(model, unit, person_id):
    """Return the rows about the person, each with the name of `who` signed it."""
    mine = model.objects.of(unit).filter(person=person_id).order_by()
    return mine.annotate(who=name_of_account())


TIMELINE = [TimelineLine("written", written)]
