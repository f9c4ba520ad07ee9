"""The pages of calls."""

from krets.welcome.calls.views.card import card, decision, draft, let_go, report, undo
from krets.welcome.calls.views.lists import claim, my_calls, next_call, person, share

__all__ = [
    "card",
    "claim",
    "decision",
    "draft",
    "let_go",
    "my_calls",
    "next_call",
    "person",
    "report",
    "share",
    "undo",
]
