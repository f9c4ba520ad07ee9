"""What was answered since a page was opened, and what to do now: by oneself, or by another."""

from django.utils.translation import gettext as _

from krets.register.imports.models import ImportMissing, ImportRow

Answer = ImportRow.Answer


def of_a_pair(row, *, mine):
    """Return what was answered about two who may be one, as a sentence."""
    if mine:
        return {
            Answer.SAME: _(
                "You have answered “The same person” already, in another window. Your answer here"
                " was not saved. If you have changed your mind, press “Ask again” and answer."
            ),
            Answer.NOT_SAME: _(
                "You have answered “Two people” already, in another window. Your answer here was"
                " not saved. If you have changed your mind, press “Ask again” and answer."
            ),
            "": _(
                "You have asked again, in another window. Your answer here was not saved. Look at"
                " the two once more, and answer."
            ),
        }[row.answer]
    return {
        Answer.SAME: _(
            "Somebody has answered “The same person” since you opened the page. Your answer was"
            " not saved. If theirs is wrong, press “Ask again” and answer."
        ),
        Answer.NOT_SAME: _(
            "Somebody has answered “Two people” since you opened the page. Your answer was not"
            " saved. If theirs is wrong, press “Ask again” and answer."
        ),
        "": _(
            "Somebody has asked again since you opened the page. Your answer was not saved."
            " Look at the two once more, and answer."
        ),
    }[row.answer]


def of_one_missing(missing, *, mine):
    """Return what was answered about somebody missing, as a sentence."""
    has_left = missing.answer == ImportMissing.Answer.LEFT
    if mine and has_left:
        return _(
            "You have answered that they are no longer a member already, in another window. Your"
            " answer here was not saved. If you have changed your mind, press “Stays” and answer."
        )
    if mine:
        return _(
            "You have answered that they stay already, in another window. Your answer here was not"
            " saved. If you have changed your mind, answer once more."
        )
    if has_left:
        return _(
            "Somebody has answered that they are no longer a member since you opened the page."
            " Your answer was not saved. If theirs is wrong, press “Stays” and answer."
        )
    return _(
        "Somebody has answered that they stay since you opened the page. Your answer was not saved."
        " If theirs is wrong, answer once more."
    )


def of_all_missing(*, mine):
    """Return that some of those missing were answered for, as a sentence."""
    if mine:
        return _(
            "You have answered about some of those missing already, in another window. Your answer"
            " here was not saved. Look at them once more, and answer."
        )
    return _(
        "Somebody has answered about some of those missing since you opened the page."
        " Your answer was not saved. Look at them once more, and answer."
    )


def of_faults(*, mine):
    """Return that all rows with a fault were answered for, or that the file was read again."""
    if mine:
        return _(
            "You have answered about these rows already, in another window. Your answer here was"
            " not saved. Look at them once more, and answer."
        )
    return _(
        "Somebody has answered about these rows since you opened the page, or the file was"
        " read again. Your answer was not saved. Look at them once more, and answer."
    )
