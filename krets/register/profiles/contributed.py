"""What other features put on the person page. The lists are handed over by `loop`."""

_timeline = []
_actions = []
_parts = []
_doubts = []


def connect(timeline, actions, parts, doubts=()):
    """Set the sources of the timeline, the buttons, the parts drawn by others, and the doubts.

    A doubt is doubt(unit, person_id, *, today) → {telephone number: why it is no good}.
    """
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
