"""What calls can be asked."""

from krets.welcome.calls.queries.card import Card, card, draft_of, last_attempt
from krets.welcome.calls.queries.history import Owed, Tried, calls_of
from krets.welcome.calls.queries.lists import Line, MyList, my_list, open_call_to
from krets.welcome.calls.queries.sharing import CALLERS, RING_FIRST, Sharing, callers_of, sharing
from krets.welcome.calls.queries.waiting import sees_all, waiting_count
from krets.welcome.calls.queries.words import words_to_tap

__all__ = [
    "CALLERS",
    "RING_FIRST",
    "Card",
    "Line",
    "MyList",
    "Owed",
    "Sharing",
    "Tried",
    "callers_of",
    "calls_of",
    "card",
    "draft_of",
    "last_attempt",
    "my_list",
    "open_call_to",
    "sees_all",
    "sharing",
    "waiting_count",
    "words_to_tap",
]
