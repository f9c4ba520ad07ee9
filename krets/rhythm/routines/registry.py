"""The routines there are, in the order they are judged. `loop` hands them over."""

from krets.register.access.permissions import Permission

_routines = {}


def connect(routines):
    """Set the whole list. A key given twice or a wait for what comes later is a ValueError."""
    found = {}
    for routine in routines:
        if routine.key in found:
            raise ValueError(f"Two routines are called {routine.key}")
        missing = [key for key in routine.waits_for if key not in found]
        if missing:
            raise ValueError(f"{routine.key} waits for what does not stand before it: {missing}")
        found[routine.key] = routine
    _routines.clear()
    _routines.update(found)


def routines(subject=None):
    """Return all routines, or those about "person" or "unit", in order."""
    return [each for each in _routines.values() if subject in (None, each.subject)]


def get(key):
    """Return the routine, or None where the code no longer knows it."""
    return _routines.get(key)


def needed_for(key):
    """Return the capability it takes to do the routine's to-dos."""
    known = _routines.get(key)
    return known.needs if known else Permission.TODO_ACT


def keys(subject):
    return [routine.key for routine in routines(subject)]


def with_those_that_wait(some):
    """Return these keys and those of all routines that wait for any of them."""
    reached = set(some)
    for routine in routines():
        if not reached.isdisjoint(routine.waits_for):
            reached.add(routine.key)
    return reached
