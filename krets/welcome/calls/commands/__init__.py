"""What can happen to calls."""

from krets.welcome.calls.commands.claims import NotFreeError, claim, claim_next, let_go
from krets.welcome.calls.commands.drafts import (
    WrittenElsewhereError,
    answer,
    discard_draft,
    keep_draft,
    throw_away_drafts,
)
from krets.welcome.calls.commands.opening import (
    NotToBeCalledError,
    close_needless,
    close_unasked,
    decide_rested,
    open_call,
    open_calls,
    owe_again,
)
from krets.welcome.calls.commands.owing import owe
from krets.welcome.calls.commands.reports import (
    AlreadyReportedError,
    OutOfHandError,
    report,
)
from krets.welcome.calls.commands.sharing import (
    NotACallerError,
    follow_todos,
    give_calls,
    take_back,
    take_over,
)
from krets.welcome.calls.commands.undoing import TooLateToUndoError, undo_report

__all__ = [
    "AlreadyReportedError",
    "NotACallerError",
    "NotFreeError",
    "NotToBeCalledError",
    "OutOfHandError",
    "TooLateToUndoError",
    "WrittenElsewhereError",
    "answer",
    "claim",
    "claim_next",
    "close_needless",
    "close_unasked",
    "decide_rested",
    "discard_draft",
    "follow_todos",
    "give_calls",
    "keep_draft",
    "let_go",
    "open_call",
    "open_calls",
    "owe",
    "owe_again",
    "report",
    "take_back",
    "take_over",
    "throw_away_drafts",
    "undo_report",
]
