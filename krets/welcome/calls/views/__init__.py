"""The pages of calls."""

from krets.welcome.calls.views.card import card, decision, let_go
from krets.welcome.calls.views.lists import claim, my_calls, next_call, person, share
from krets.welcome.calls.views.reporting import draft, report, undo

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
