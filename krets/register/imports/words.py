"""Codes of the import, said so that people know what to do."""

from django.conf import settings
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from krets.kit.tables.messages import MESSAGES
from krets.kit.tables.values.problems import DATE
from krets.kit.ui.thousands import grouped
from krets.register.imports.columns import SENTENCES as ROW_SENTENCES
from krets.register.imports.columns import Target, label_of, spoken

REASONS = ROW_SENTENCES | {
    "double": _("Row %(row)s is about the same person, so this one was skipped."),
    "double_number": _(
        "The member number also stands on row %(row)s, with another name or date of birth. Correct"
        " the number that is wrong, and bring the row in again."
    ),
    "total": _("This looks like a sum of the rows, not a person. The row was skipped."),
    "left_long_ago": _(
        "Left more than six months ago. Krets keeps nobody longer than that, so the row was"
        " skipped."
    ),
    "deceased_unknown": _("Deceased, and not known here. The row was skipped."),
}
FAULTS = MESSAGES | {
    "not_open": _("The file cannot be opened. Is it a file, and may you read it?"),
    "gone": _("The file is no longer here: it is kept for a day. Upload it again."),
    "no_names": _(
        "We found no column with names. Show us which column holds what, and the file is read"
        " again."
    ),
    "other_columns": _(
        "The file has no headings, and its columns do not look like those of the last such file."
        " Show us which column holds what, and the file is read again."
    ),
}
# At the keyboard nobody can show a column, nor choose a file once more.
TYPED = {
    "no_file": _("There is no file %(path)s. See how the path is written."),
    "no_names": _(
        "We found no column with names. Import the file in the browser, under Member files, and"
        " show there which column holds what."
    ),
    "other_columns": _(
        "The file has no headings, and its columns do not look like those of the last such file."
        " Import it in the browser, under Member files, and show there which column holds what."
    ),
    "no_header": _(
        "We found no row with headings. Import the file in the browser, under Member files, and"
        " tell there which row they are in, or that there are none."
    ),
}
MENDABLE = frozenset(
    {"no_names", "other_columns", "no_header", "no_such_sheet", "unknown_encoding"}
)


def headings_given_back():
    """Return the two headings that stand first in a file of skipped rows."""
    return [gettext("Row"), gettext("What to do")]


def is_given_back(headings):
    """Tell whether a file begins with the headings of skipped rows, in any of our languages."""
    for language, _name in settings.LANGUAGES:
        with override(language):
            if list(headings[:2]) == headings_given_back():
                return True
    return False


def reason_in_words(code, detail):
    """Return why a row was left out, as a sentence with what to do."""
    words = {
        "limit": "",
        "value": "",
        "suggestion": "",
        "example": DATE,
        **detail.get("words", {}),
        **detail,
    }
    return REASONS[code] % words


def left_out_in_words(code, detail, *, labelled=True):
    """Return why a row is skipped, and what else could not be read in it, each as a sentence."""
    problems = detail.get("problems", ())
    first = [each for each in problems if each["code"] == code]
    told = [] if first else [reason_in_words(code, detail)]
    more = [each for each in problems if each["code"] != code]
    told += [_problem_in_words(each, labelled=labelled) for each in first]
    # What does not skip the row is told with its column, so that one knows where to look.
    told += [_problem_in_words(each) for each in [*more, *detail.get("also", ())]]
    return list(dict.fromkeys(map(str, told)))


def problems_in_words(detail):
    """Return what could not be read in a row that was read all the same, and in which column."""
    return [_problem_in_words(problem) for problem in detail.get("problems", ())]


def _problem_in_words(problem, *, labelled=True):
    words = reason_in_words(problem["code"], problem)
    return f"{label_of(problem['target'])}: {words}" if labelled else words


def fault_in_words(code, detail):
    """Return why a file cannot be read, as a sentence with what to do."""
    limit = f"{detail.get('limit', 0):,}".replace(",", " ")
    return FAULTS.get(code, FAULTS["damaged"]) % {"limit": limit}


def typed_fault_in_words(code, detail):
    """Return the same to who reads a file in from a terminal."""
    return TYPED[code] % detail if code in TYPED else fault_in_words(code, detail)


def warning_in_words(warning):
    """Return what speaks against a whole file, as sentences with what to do."""
    return _WARNINGS[warning["code"]](warning)


def _many_missing(found):
    return gettext(
        "%(missing)s of your %(members)s members are not in the file. Is it the whole list, for"
        " this association? If not, discard it and download the whole list."
    ) % {"missing": grouped(found["missing"]), "members": grouped(found["members"])}


def _many_new(found):
    return ngettext(
        "%(new)s people in the file are new, and you have %(members)s member. Is it the list of"
        " this association only? If not, discard it: everybody new may get a letter and a call.",
        "%(new)s people in the file are new, and you have %(members)s members. Is it the list of"
        " this association only? If not, discard it: everybody new may get a letter and a call.",
        found["members"],
    ) % {"new": grouped(found["new"]), "members": grouped(found["members"])}


def _other_branch(found):
    return ngettext(
        "%(rows)s row names another association: %(branch)s. See that it is the right file.",
        "%(rows)s rows name another association: %(branch)s. See that it is the right file.",
        found["rows"],
    ) % {"rows": grouped(found["rows"]), "branch": found["branch"]}


def _many_renamed(found):
    return gettext(
        "%(renamed)s people would change both first and last name. Maybe a column has slipped:"
        " check the columns."
    ) % {"renamed": grouped(found["renamed"])}


def _many_rejected(found):
    return gettext("%(rejected)s of %(rows)s rows could not be read. Check the columns first.") % {
        "rejected": grouped(found["rejected"]),
        "rows": grouped(found["rows"]),
    }


def _no_joining_days(found):
    return ngettext(
        "The file does not say when %(new)s new member joined. Is there a column for it? Check"
        " the columns. Saved like this, we do not know since when they are members, and nobody gets"
        " a welcome letter or a call.",
        "The file does not say when the %(new)s new members joined. Is there a column for it? Check"
        " the columns. Saved like this, we do not know since when they are members, and nobody gets"
        " a welcome letter or a call.",
        found["new"],
    ) % {"new": grouped(found["new"])}


def _number_is_identity(found):
    return gettext(
        "The column “%(heading)s” holds personal identity numbers, which we never keep. Only the"
        " birth date is taken, so nobody gets a register number; people are known again by name,"
        " e-mail and phone."
    ) % {"heading": found["heading"]}


def _column_lost(found):
    if found["holds"] == Target.EMAIL:
        words = gettext(
            "The column “%(heading)s” seems to hold e-mail addresses, but it is not imported, and"
            " no other column gives any. If they are the members' own, show it under the columns."
        )
    else:
        words = gettext(
            "The column “%(heading)s” seems to hold phone numbers, but it is not imported, and"
            " no other column gives any. If they are the members' own, show it under the columns."
        )
    return words % {"heading": spoken(found["heading"])}


def _as_last_time(_found):
    return gettext(
        "The file has no headings. Its columns were read as you said of the last such file."
    )


def _answers_kept(found):
    """Return of how many people an answer still holds, and that the others are asked about."""
    kept, gone = found["kept"], found["answered"] - found["kept"]
    told = []
    if kept:
        words = ngettext(
            "What you have answered about %(count)s person is kept.",
            "What you have answered about %(count)s people is kept.",
            kept,
        )
        told.append(words % {"count": grouped(kept)})
    if gone > 0:
        words = ngettext(
            "What you have answered about %(count)s person no longer fits the file.",
            "What you have answered about %(count)s people no longer fits the file.",
            gone,
        )
        told.append(words % {"count": grouped(gone)})
    return " ".join(told)


_WARNINGS = {
    "answers_kept": _answers_kept,
    "as_last_time": _as_last_time,
    "column_lost": _column_lost,
    "no_joining_days": _no_joining_days,
    "number_is_identity": _number_is_identity,
    "many_missing": _many_missing,
    "many_new": _many_new,
    "other_branch": _other_branch,
    "many_renamed": _many_renamed,
    "many_rejected": _many_rejected,
}
