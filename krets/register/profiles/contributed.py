"""What other features put on the person page. The lists are handed over by `loop`."""

_timeline = []
_actions = []
_parts = []
_doubts = []
_allowances = []


def connect(timeline, actions, parts, doubts=(), allowances=()):
    """Set the sources of the timeline, the buttons, the parts drawn by others, and the doubts.

    A doubt is doubt(unit, person_id, *, today) → {telephone number: why it is no good}. An
    allowance is allowance(unit, joined_on, *, today) → what to say of this year's fee instead of
    that it is not paid, "" to say nothing, None where there is none to make.
    """
    _allowances[:] = allowances
    _doubts[:] = doubts
    _timeline[:] = timeline
    _actions[:] = actions
    _parts[:] = parts


def timeline():
    """Return the sources of lines on the timeline."""
    return tuple(_timeline)


def actions(viewer):
    """Return the buttons that the viewer may press."""
    return [action for action in _actions if viewer.may(action.permission)]


def parts(viewer):
    """Return the parts that the viewer may see."""
    return [part for part in _parts if viewer.may(part.permission)]


def doubted_numbers(unit, person_id, *, today):
    """Return {telephone number: why it is no good}, as other features know."""
    told = (doubt(unit, person_id, today=today) for doubt in _doubts)
    return {number: words for numbers in told for number, words in numbers.items()}


def allowance(unit, joined_on, *, today):
    """Return what to say of this year's unpaid fee of who joined on the day, None: as of others."""
    told = (each(unit, joined_on, today=today) for each in _allowances)
    return next((words for words in told if words is not None), None)
