"""Everything a person can be trusted to do, in one list."""

from enum import StrEnum


class Permission(StrEnum):
    """Named "thing:verb", in alphabetical order. The table says who holds which."""

    CALL_REPORT = "call:report"
    CALL_SHARE = "call:share"
    FIGURE_SEE = "figure:see"
    IMPORT_MAKE = "import:make"
    LEAVER_SEE = "leaver:see"
    LETTER_PRINT = "letter:print"
    LOOK_SEE = "look:see"
    MANDATE_AGREE = "mandate:agree"
    MANDATE_GIVE = "mandate:give"
    MANDATE_SEE = "mandate:see"
    MEMBER_ADD = "member:add"
    MEMBER_EDIT = "member:edit"
    MEMBER_SEE = "member:see"
    NOTE_WRITE = "note:write"
    PATH_SEE = "path:see"
    PATH_SKIP = "path:skip"
    ROUTINE_SET = "routine:set"
    TODAY_SEE = "today:see"
    TODO_ACT = "todo:act"
    TRAIL_SEE = "trail:see"
