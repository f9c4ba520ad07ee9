"""What other features put on the person page. The lists are handed over by `loop`."""

_timeline = []
_actions = []
_parts = []


def connect(timeline, actions, parts):
    """Set the sources of the timeline, the buttons, and the parts drawn by others."""
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
