"""What calls can be asked."""

from krets.welcome.calls.moments import dated as dated_moment
from krets.welcome.calls.moments import lately, start_of
from krets.welcome.calls.moments import said as said_moment
from krets.welcome.calls.queries.begun import begun_reports, told_elsewhere
from krets.welcome.calls.queries.card import (
    Card,
    card,
    draft_of,
    holder,
    is_being_told,
    last_attempt,
    left_out_of,
)
from krets.welcome.calls.queries.history import Owed, Tried, calls_of, promises_of, reachable_calls
from krets.welcome.calls.queries.lists import Line, MyList, calls_within, my_list, open_call_to
from krets.welcome.calls.queries.numbers import good_numbers, wrong_numbers
from krets.welcome.calls.queries.order import too_late_to_ring
from krets.welcome.calls.queries.sharing import (
    CALLERS,
    RING_FIRST,
    Sharing,
    callers_of,
    left_by,
    sharing,
)
from krets.welcome.calls.queries.waiting import busy, is_asked, sees_all, waiting_count
from krets.welcome.calls.queries.words import words_to_tap
from krets.welcome.calls.telling import asked_back, news

__all__ = [
    "CALLERS",
    "RING_FIRST",
    "Card",
    "Line",
    "MyList",
    "Owed",
    "Sharing",
    "Tried",
    "asked_back",
    "begun_reports",
    "busy",
    "callers_of",
    "calls_of",
    "calls_within",
    "card",
    "dated_moment",
    "draft_of",
    "good_numbers",
    "holder",
    "is_asked",
    "is_being_told",
    "last_attempt",
    "lately",
    "left_by",
    "left_out_of",
    "my_list",
    "news",
    "open_call_to",
    "promises_of",
    "reachable_calls",
    "said_moment",
    "sees_all",
    "sharing",
    "start_of",
    "told_elsewhere",
    "too_late_to_ring",
    "waiting_count",
    "words_to_tap",
    "wrong_numbers",
]
