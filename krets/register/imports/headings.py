"""The news of an import in whole sentences, for the top of its page and for its buttons."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krets.kit.ui.thousands import grouped


def heading(importing, figures):
    """Return the news in one line: "3 new, 4 changed and 1 missing from the file"."""
    news = [words(count) for words, count in _news(figures) if count]
    if news:
        return joined(news)
    if importing.rejected_count or importing.near_count:
        return _("Nothing to save yet")
    return _("Nothing has changed")


def lead(importing):
    """Return how much was read: how many rows, how many as before."""
    told = [_rows(importing.rows_count)]
    if importing.unchanged_count:
        told.append(_unchanged(importing.unchanged_count))
    return " ".join([*told, _("Nothing is saved yet.")])


def questions(figures, *, doubted=False):
    """Return what there is to do before saving: say that it is the right file, then answer."""
    if doubted:
        return _("Say first whether it is the right file.")
    if figures.questions:
        words = ngettext(
            "%(count)s question before saving.",
            "%(count)s questions before saving.",
            figures.questions,
        )
        return words % {"count": grouped(figures.questions)}
    if figures.faults or figures.missing.in_all:
        return _("All questions are answered.")
    return _("No questions before saving.")


def save_words(figures):
    """Return the words of the button that saves: "Save 3 new and 4 changed"."""
    kinds = [words(count) for words, count in _saved(figures) if count]
    if not kinds:
        return _("Confirm the file")
    return _("Save %(what)s") % {"what": joined(kinds)}


def saved_words(importing):
    """Return what was saved, as a sentence."""
    saved = (
        (_new, importing.new_count),
        (_changed, importing.changed_count),
        (_left, importing.left_count),
        (_moved, importing.moved_count),
        (_died, importing.died_count),
    )
    kinds = [words(count) for words, count in saved if count]
    if not kinds:
        return _("It is noted that the register is up to date.")
    return _("Saved: %(what)s.") % {"what": joined(kinds)}


def joined(words):
    """Return some words as one says them: "a, b and c"."""
    if len(words) == 1:
        return words[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _saved(figures):
    return (
        (_new, figures.new),
        (_changed, figures.changed),
        (_left, figures.left),
        (_moved, figures.moved),
        (_died, figures.died),
    )


def _news(figures):
    return *_saved(figures), (_missing, figures.missing.in_all - figures.missing.leaving_in_all)


def _new(count):
    return ngettext("%(count)s new", "%(count)s new", count) % {"count": grouped(count)}


def _changed(count):
    return ngettext("%(count)s changed", "%(count)s changed", count) % {"count": grouped(count)}


def _left(count):
    return ngettext("%(count)s who left", "%(count)s who left", count) % {"count": grouped(count)}


def _moved(count):
    return ngettext("%(count)s who moved", "%(count)s who moved", count) % {"count": grouped(count)}


def _died(count):
    return ngettext("%(count)s who died", "%(count)s who died", count) % {"count": grouped(count)}


def _missing(count):
    words = ngettext("%(count)s missing from the file", "%(count)s missing from the file", count)
    return words % {"count": grouped(count)}


def _rows(count):
    words = ngettext("The file has %(count)s row.", "The file has %(count)s rows.", count)
    return words % {"count": grouped(count)}


def _unchanged(count):
    words = ngettext("%(count)s is unchanged.", "%(count)s are unchanged.", count)
    return words % {"count": grouped(count)}
