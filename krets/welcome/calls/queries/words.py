"""The words one taps instead of writing."""

from django.db.models import Count

from krets.register.profiles.models import Tag
from krets.welcome.content import starter_words

KINDS = (Tag.Kind.WANT, Tag.Kind.COMPETENCE, Tag.Kind.INTEREST)
_EACH = 7


def words_to_tap(unit, *, language):
    """Return {kind: [word]}: the association's most used, filled up with some to begin with."""
    used = {kind: [] for kind in KINDS}
    tags = Tag.objects.of(unit).filter(kind__in=KINDS).annotate(carried_by=Count("carried"))
    for tag in tags.order_by("-carried_by", "word", "pk"):
        used[tag.kind].append(tag.word)
    first = starter_words(language)
    return {kind: _filled(words, first[kind]) for kind, words in used.items()}


def _filled(words, first):
    known = {word.casefold() for word in words}
    return (words + [word for word in first if word.casefold() not in known])[:_EACH]
