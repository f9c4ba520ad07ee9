"""How looks are said: which page it was, and what one came from."""

import re

from django.utils.translation import gettext_lazy as _

PAGES = {
    "person": _("Opened the person page"),
    "edit": _("Opened the details to change them"),
    "history": _("Read everything that has happened"),
    "looks": _("Read who has looked"),
    "call": _("Opened the call"),
    "note": _("Read a note"),
    "wrote": _("Wrote a note"),
    "rewrote": _("Changed a note"),
    "unwrote": _("Deleted a note"),
    "saved": _("Saved a change"),
    "letter": _("Opened the letter"),
    "import": _("Compared with the file from the register"),
    "mandate": _("Opened the page of mandates"),
}
ANOTHER_PAGE = _("Opened a page with details")

LISTS = {
    "calls": _("Saw the name in the list of calls"),
    "import": _("Saw the name in a file from the register"),
    "late": _("Saw the name among those who have waited longer than intended"),
    "leavers": _("Saw the name among those asked about the fee"),
    "letters": _("Saw the name among the letters"),
    "mandates": _("Saw the name when a mandate was to be given"),
    "members": _("Saw the name in the list of members"),
    "path": _("Saw the name among the new members"),
    "search": _("Saw the name in a search"),
    "today": _("Saw the name on the page Today"),
    "todo": _("Saw the name on the page Today"),
    "todos": _("Saw the name on the page Today"),
}
ANOTHER_LIST = _("Saw the name in a list")
# The lists that answered what somebody typed.
SEARCHES = ("search", "mandates:search")

REASONS = {
    "todo": _("Because of something to do."),
    "list": _("Came from the list of members."),
    "search": _("Came from a search."),
    "call": _("Because of a call."),
    "letter": _("Because of a letter."),
    "import": _("Because of a file from the register."),
    "path": _("Came from the new members."),
    "today": _("Came from the page Today."),
}


def page_in_words(key):
    """Return what was opened, as the start of a line."""
    return str(PAGES.get(key.split(":")[0], ANOTHER_PAGE))


def list_in_words(key):
    """Return what list it was, as the start of a line."""
    return str(LISTS.get(re.split(r"[:_]", key)[0], ANOTHER_LIST))


def reason_in_words(key):
    """Return why, as a sentence; empty where nothing is known."""
    return str(REASONS.get(key.split(":")[0], ""))
