"""What Krets thinks was meant by a cell that could not be read, and the detail it would be."""

from datetime import date

from krets.register.imports.columns import Target

# Into which detail a suggestion for a column goes; a year alone is no date.
_DETAILS = {
    Target.EMAIL.value: "email",
    Target.IDENTITY_NUMBER.value: "born_on",
    Target.BIRTH_DATE.value: "born_on",
    Target.BIRTH_YEAR.value: "born_year",
}
_YEAR = len("1991")


def offers_in(detail):
    """Return [(target, suggestion)] of the cells of a row for which there is one to take."""
    return [
        (problem["target"], problem["words"]["suggestion"])
        for problem in detail.get("problems", ())
        if problem["target"] in _DETAILS and problem["words"].get("suggestion")
    ]


def detail_of(target, suggestion):
    """Return the name of the detail that a suggestion for a column is about, and what it is."""
    name = _DETAILS[target]
    if name == "email":
        return name, suggestion
    if len(suggestion) == _YEAR:
        return "born_year", int(suggestion)
    return name, date.fromisoformat(suggestion)
