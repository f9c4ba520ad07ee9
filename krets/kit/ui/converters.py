"""How a unit's slug looks in an address."""


class UnitSlug:
    """Begins with a letter, so that `-`, digits and files of the root never look like a unit."""

    regex = r"[a-z][a-z0-9-]*"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
