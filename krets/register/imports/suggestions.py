"""What Krets thinks was meant by a cell that could not be read, and the detail it would be."""

from krets.register.imports.columns import Target

# Into which detail a suggestion for a column goes.
_DETAILS = {
    Target.EMAIL.value: "email",
    Target.IDENTITY_NUMBER.value: "born_on",
    Target.BIRTH_DATE.value: "born_on",
}


def offers_in(detail):
    """Return [(target, suggestion)] of the cells of a row for which there is one to take."""
    return [
        (problem["target"], problem["words"]["suggestion"])
        for problem in detail.get("problems", ())
        if problem["target"] in _DETAILS and problem["words"].get("suggestion")
    ]


def detail_of(target):
    """Return the name of the detail that a suggestion for a column is about."""
    return _DETAILS[target]
