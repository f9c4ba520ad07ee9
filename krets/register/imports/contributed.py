"""What other features do for the new members of a file. The list is handed over by `loop`."""

_arrivals = []


def connect(arrivals):
    """Set what is done for those whom a file brings in."""
    _arrivals[:] = arrivals


def ahead(unit, newcomers, *, first):
    """Return in sentences what will be done for the new members of a file."""
    return [words for each in _arrivals for words in each.ahead(unit, newcomers, first=first)]


def after(unit, import_id):
    """Return in sentences what there is to do for those whom a file brought in."""
    return [words for each in _arrivals for words in each.after(unit, import_id)]
