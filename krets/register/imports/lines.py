"""What the page of a preview shows: its parts, and the rows in them as lines in words."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """One row of the preview in words. `twin` is the earlier row that may say the same."""

    pk: int
    number: int
    name: str
    seed: object
    note: str = ""
    fields: list = field(default_factory=list)
    changes: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    answer: str = ""
    reason: str = ""
    offers: list = field(default_factory=list)
    person: int | None = None
    twin: int | None = None
    repeats: bool = False
    said: str = ""
    died_on: object = None


@dataclass
class Part:
    """One part of the preview: the first lines of a kind, and how many there are in all.

    Of what is kept each value counts, and a line may tell of several.
    """

    key: str
    count: int
    lines: list

    @property
    def more(self):
        return self.count - sum(len(line.kept) or 1 for line in self.lines)
