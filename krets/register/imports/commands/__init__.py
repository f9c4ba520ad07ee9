"""What can happen to a member file."""

from krets.register.imports.commands.answering import (
    AlreadyTakenError,
    AnsweredMeanwhileError,
    NotDeclaredError,
    answer_missing,
    answer_near,
    declare_right,
)
from krets.register.imports.commands.arriving import (
    FileTooLargeError,
    GoneError,
    NotReadyError,
    choose_columns,
    read_again,
    take_in,
)
from krets.register.imports.commands.ending import cancel, note_followed_up, throw_away
from krets.register.imports.commands.faults import answer_faults, ask_again
from krets.register.imports.commands.saving import (
    StaleImportError,
    apply,
    ask_to_apply,
)
from krets.register.imports.commands.staging import stage
from krets.register.imports.commands.suggesting import (
    NoSuggestionError,
    take_suggestion,
    take_suggestions,
)

__all__ = [
    "AlreadyTakenError",
    "AnsweredMeanwhileError",
    "FileTooLargeError",
    "GoneError",
    "NoSuggestionError",
    "NotDeclaredError",
    "NotReadyError",
    "StaleImportError",
    "answer_faults",
    "answer_missing",
    "answer_near",
    "apply",
    "ask_again",
    "ask_to_apply",
    "cancel",
    "choose_columns",
    "declare_right",
    "note_followed_up",
    "read_again",
    "stage",
    "take_in",
    "take_suggestion",
    "take_suggestions",
    "throw_away",
]
