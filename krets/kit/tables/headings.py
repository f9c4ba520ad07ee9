"""Where do the headings stand, and what are the columns called?"""

import re
from collections import Counter
from dataclasses import dataclass

from krets.kit.tables.cells import letter
from krets.kit.tables.swedish import fold

SAMPLE = 80
_LONGEST_HEADING = 80
_MOST_DIGITS = 5
_YEARS = range(1950, 2101)
_NO_HEADING = re.compile(r"@|\d{1,4}[-./]\d{1,2}[-./ ]\d{2,4}|\d{3} ?\d\d\b|://|\d{6}")
_FEWEST_LIKE = 0.75
_FEWEST_BELOW = 0.6
_BELOW = 20
_MOSTLY = 0.8


@dataclass(frozen=True)
class Header:
    """The row of headings: its place in the sample, how many rows it takes, and how sure we are."""

    at: int
    span: int
    score: float


def find_header(rows, *, hints=frozenset(), merged=()):
    """Return where the headings stand among sample rows of (number, cells), or None.

    `hints` are folded words which such tables use as headings.
    """
    filled = [sum(cell is not None for cell in cells) for _, cells in rows]
    usual = median([n for n in filled if n > 1] or [1])
    best = None
    for at, (_, cells) in enumerate(rows):
        if filled[at] < max(min(2, usual), usual * 0.5):
            continue
        score = _score(cells, _below(rows, at), hints)
        if score is not None:
            score += 0.5 * min(filled[at] / usual, 1.2) - 0.03 * at
            # Headings stand over something.
            score -= at + 1 == len(rows)
            if best is None or score > best.score:
                best = Header(at, 1, score)
    if best is None:
        return None
    return _with_second_row(best, rows, merged)


def median(counts):
    """Return the middle one. (The library's costs the reading process six megabytes.)."""
    return sorted(counts)[len(counts) // 2]


def _score(cells, below, hints):
    headings = [(column, cell) for column, cell in enumerate(cells) if cell is not None]
    like = sum(looks_like_heading(cell) for _, cell in headings) / len(headings)
    if like < _FEWEST_LIKE:
        return None
    known = sum(fold(str(cell)) in hints for _, cell in headings) / len(headings)
    unlike = [column for column in range(len(cells)) if _is_unlike(below, column)]
    contrast = sum(looks_like_heading(_at(cells, column)) for column in unlike)
    same = sum(
        _at(cells, column) is not None and not looks_like_heading(_at(cells, column))
        for column in unlike
    )
    if same and not known and same >= contrast:
        return None
    distinct = len({str(cell) for _, cell in headings}) / len(headings)
    return like + 0.5 * distinct + 2 * known + 1.5 * (contrast - same) / len(headings)


def looks_like_heading(cell):
    """Tell whether a cell could be a heading: short words, or a year."""
    if isinstance(cell, str):
        if len(cell) > _LONGEST_HEADING or _NO_HEADING.search(cell):
            return False
        digits = sum(map(str.isdigit, cell))
        return (any(map(str.isalpha, cell)) and digits <= _MOST_DIGITS) or _is_year(cell)
    return cell.__class__ is int and cell in _YEARS


def _is_year(cell):
    return cell.isdecimal() and len(cell) == 4 and int(cell) in _YEARS  # noqa: PLR2004 -- a year


def _is_unlike(below, column):
    """Tell whether most of a column is of kinds no heading is of."""
    cells = [cell for cells in below if (cell := _at(cells, column)) is not None]
    return bool(cells) and (
        sum(not looks_like_heading(cell) for cell in cells) >= len(cells) * _FEWEST_BELOW
    )


def _below(rows, at):
    return [cells for _, cells in rows[at + 1 : at + 1 + _BELOW]]


def _at(cells, column):
    return cells[column] if column < len(cells) else None


def _with_second_row(header, rows, merged):
    at = header.at
    if at + 1 < len(rows) and _both_are_headings(rows, at):
        return Header(at, 2, header.score)
    if at and _is_group_row(rows, at - 1, merged):
        return Header(at - 1, 2, header.score)
    return header


def _both_are_headings(rows, at):
    """The second row goes on with the first where it too has words above numbers."""
    second, below = rows[at + 1][1], _below(rows, at + 1)
    unlike = [column for column in range(len(second)) if _is_unlike(below, column)]
    words = sum(looks_like_heading(_at(second, column)) for column in unlike)
    all_words = all(cell is None or looks_like_heading(cell) for cell in second)
    return len(unlike) > 1 and words >= _MOSTLY * len(unlike) and all_words


def _is_group_row(rows, at, merged):
    """The row above names groups of headings: its cells are merged, or headings below repeat."""
    number, cells = rows[at]
    words = [cell for cell in cells if cell is not None]
    if not words or not all(map(looks_like_heading, words)) or rows[at + 1][0] != number + 1:
        return False
    width = len(rows[at + 1][1])
    across = [m for m in merged if m[0][0] == number == m[1][0] and m[1][1] - m[0][1] < width - 1]
    if across:
        return True
    headings = Counter(fold(str(cell)) for cell in rows[at + 1][1] if cell is not None)
    return len(words) > 1 and max(headings.values(), default=0) > 1


def name_columns(rows, width, merged=()):
    """Return one unique heading per column from one or two rows of (number, cells)."""
    parts = [[_at(cells, column) for column in range(width)] for _, cells in rows]
    if len(parts) > 1:
        parts[0] = _spread(parts[0], parts[-1], rows[0][0], merged)
    names, seen = [], Counter()
    for column in range(width):
        words = list(dict.fromkeys(str(p[column]) for p in parts if p[column] is not None))
        name = " ".join(" – ".join(words).split()) or f"[{letter(column)}]"
        seen[fold(name)] += 1
        again = seen[fold(name)]
        names.append(f"{name} ({again})" if again > 1 else name)
    return names


def _spread(upper, lower, number, merged):
    """Let the name of a group stand over all its columns."""
    across = [m for m in merged if m[0][0] == number]
    spread = list(upper)
    if across:
        for (_, left), (_, right) in across:
            spread[left : right + 1] = [upper[left]] * (min(right + 1, len(upper)) - left)
        return spread
    for column in range(1, len(spread)):
        if spread[column] is None and lower[column] is not None:
            spread[column] = spread[column - 1]
    return spread
