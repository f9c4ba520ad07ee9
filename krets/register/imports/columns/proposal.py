"""Which column means what? Proposed from the headings and from what stands under them."""

import re
from collections import defaultdict
from dataclasses import dataclass

from krets.kit.tables.swedish import fold
from krets.kit.tables.values import BadValueError, read_date
from krets.register.imports.columns import evidence, groups, names
from krets.register.imports.columns.synonyms import (
    COMPOUND,
    EXACT,
    FEE,
    GROUPS,
    INSIDE,
    OTHERS,
    group_of,
    words_of,
)
from krets.register.imports.columns.targets import (
    ADDRESS,
    FEE_PREFIX,
    REPEATABLE,
    Target,
    fee_target,
    is_target,
)

_LEAST = 40
_SAMPLE = 60
_SHORTEST_PART = 5
_BARELY = 0.1
# Days of registering, applying and the like are later than the joining and say nothing of it.
_JOINING = re.compile(r"medlem|intrad|joined|join date|member|blev medlem|gick med")
_NUMBERED = re.compile(r"(.+) \d+")


@dataclass(frozen=True)
class _Column:
    heading: str
    words: str
    group: str
    fill: float
    shares: dict

    @property
    def is_empty(self):
        return self.fill == 0


def propose(headings, sample_rows, *, remembered=None, today=None):
    """Return {heading: target} for all headings; those we make nothing of are "ignore".

    `sample_rows` are lists of cells. `remembered` is an earlier answer: it wins where a heading
    is the same, whatever its case and accents. `today` is needed to tell which of two columns
    with days of joining has the later ones.
    """
    columns = _columns(headings, sample_rows)
    mapping = _remembered(columns, remembered or {})
    taken = {target for target in mapping.values() if target not in REPEATABLE}
    address_group = _best_group(columns)
    surnames = _surnames(columns, mapping)
    candidates, joinings = [], []
    for place, column in enumerate(columns):
        if column.heading not in mapping:
            is_parted = names.is_parted(place, surnames, sample_rows)
            scores = _scores(column, address_group, is_parted=is_parted)
            if scores.get(Target.JOINED_ON, 0) >= _LEAST and _JOINING.match(column.words):
                joinings.append(place)
            for target, score in scores.items():
                if score >= _LEAST:
                    candidates.append((-score, place, target))
    for _, place, target in sorted(candidates):
        heading = columns[place].heading
        if heading in mapping or target in taken:
            continue
        mapping[heading] = str(target)
        if target not in REPEATABLE:
            taken.add(target)
    _part_joinings(mapping, columns, joinings, sample_rows, today)
    names.drop_whole(mapping, remembered or {})
    return {heading: mapping.get(heading, str(Target.IGNORE)) for heading in headings}


def _columns(headings, sample_rows):
    words = groups.words_by_heading(headings)
    return [
        _column(at, heading, words[heading], sample_rows) for at, heading in enumerate(headings)
    ]


def _column(at, heading, words, sample_rows):
    cells = [row[at] if at < len(row) else None for row in sample_rows]
    filled = [cell for cell in cells if cell is not None and cell != ""]
    group = group_of(words)[0]
    fill = len(filled) / len(cells) if cells else 0.5
    return _Column(heading, words, group, fill, evidence.shares(filled[:_SAMPLE]))


def _remembered(columns, remembered):
    known = {fold(heading): target for heading, target in remembered.items() if is_target(target)}
    mapping, taken = {}, set()
    for column in columns:
        target = known.get(fold(column.heading))
        if target is None or target in taken:
            continue
        mapping[column.heading] = target
        if target not in REPEATABLE:
            taken.add(target)
    return mapping


def _best_group(columns):
    """Return the group of address columns to read: the fullest; of equals the one to write to."""
    fill = defaultdict(float)
    for column in columns:
        rest = group_of(column.words)[1]
        targets = {target for target, _ in EXACT.get(rest, ())}
        if targets & {Target.STREET, Target.POSTAL_CODE} and not OTHERS.match(column.words):
            fill[column.group] = max(fill[column.group], round(column.fill, 1) + 0.01)
    own = {group: share for group, share in fill.items() if group != "work"}
    if not own or (max(own.values()) < _BARELY < fill.get("work", 0)):
        return "work" if "work" in fill else ""
    return max(own, key=lambda group: (own[group], -GROUPS.index(group)))


def _surnames(columns, mapping):
    """Return the places of filled columns that hold last names and nothing more."""
    return [
        place
        for place, column in enumerate(columns)
        if column.fill >= evidence.HALF
        and column.shares.get("last_first", 1) < evidence.HALF
        and _is_surname(column, mapping)
    ]


def _is_surname(column, mapping):
    if column.heading in mapping:
        return mapping[column.heading] == Target.LAST_NAME
    scores = _from_heading(column)
    return max(scores, key=scores.get, default=None) == Target.LAST_NAME


def _scores(column, address_group, *, is_parted=False):
    scores = _from_heading(column)
    if Target.IGNORE in scores and len(scores) == 1:
        return {}
    about_work = column.group == "work"
    for target in list(scores):
        if target in ADDRESS and column.group != address_group:
            del scores[target]
        elif about_work and target not in ADDRESS:
            scores[target] -= 15
    scores = _weighed(scores, column, is_parted=is_parted)
    if not scores and not OTHERS.match(column.words):
        scores = _from_values(column)
    if column.is_empty:
        scores = {target: score - 20 for target, score in scores.items()}
    return scores


def _from_heading(column):
    words = column.words
    year = FEE.fullmatch(words)
    if year:
        return {fee_target(year[1]): 100}
    if words in EXACT:
        return _with_second_email(dict(EXACT[words]))
    if OTHERS.match(words):
        return {Target.IGNORE: 100}
    _, rest = group_of(words)
    if rest in EXACT:
        return _with_second_email({target: score - 2 for target, score in EXACT[rest]})
    numbered = _NUMBERED.fullmatch(words)
    if numbered and numbered[1] in EXACT:
        return _with_second_email({t: score - 10 for t, score in EXACT[numbered[1]]})
    return _with_second_email(_from_parts(rest))


def _from_parts(words):
    """Score known headings which stand inside this one, by how much of it they fill."""
    scores = {}
    for known, target in INSIDE:
        if known not in words:
            continue
        share = len(known) / len(words)
        whole = f" {known} " in f" {words} "
        # "fack" also stands in "tillfacket".
        if not whole and (target not in COMPOUND or len(known) < _SHORTEST_PART):
            continue
        score = (50 if whole else 38) + 35 * share
        scores[target] = max(scores.get(target, 0), score)
    return scores


def _with_second_email(scores):
    if Target.EMAIL in scores:
        scores.setdefault(Target.EMAIL2, scores[Target.EMAIL] - 30)
    elif Target.EMAIL2 in scores:
        scores[Target.EMAIL] = scores[Target.EMAIL2] - 25
    return scores


def _weighed(scores, column, *, is_parted):
    """Let the values confirm the heading, contradict it, or tell which of its kind it is."""
    shares, weighed = column.shares, {}
    for target, score in scores.items():
        proof = evidence.PROOF.get("fee" if str(target).startswith(FEE_PREFIX) else target)
        if proof is None or not shares:
            weighed[target] = score + 3 * column.fill
            continue
        share = max(shares[kind] for kind in proof)
        weighed[target] = score + 8 * share if share >= 0.3 else 0  # noqa: PLR2004 -- share
    if shares:
        _tell_kinds(weighed, shares, scores, is_parted=is_parted)
    return {target: score for target, score in weighed.items() if score > 0}


def _tell_kinds(weighed, shares, scores, *, is_parted):
    best = max(scores.values(), default=0)
    if shares["identity"] >= evidence.HALF and scores.keys() & {
        Target.BIRTH_DATE,
        Target.REGISTER_NUMBER,
    }:
        weighed.clear()
        weighed[Target.IDENTITY_NUMBER] = best
    if not is_parted and names.are_whole(shares, scores):
        for other in names.PARTS:
            weighed.pop(other, None)
        weighed[Target.LAST_FIRST_NAME] = best + 5
    if Target.BIRTH_DATE in scores and shares["year"] >= evidence.NEARLY:
        weighed[Target.BIRTH_YEAR] = best
        weighed.pop(Target.BIRTH_DATE, None)
    fees = {Target.FEE_PAID, Target.FEE_PAID_ON, Target.FEE_AMOUNT}
    if scores.keys() & fees:
        for kind, target in (
            ("year", Target.FEE_YEAR),
            ("date", Target.FEE_PAID_ON),
            ("yes_no", Target.FEE_PAID),
            ("money", Target.FEE_AMOUNT),
        ):
            if shares[kind] >= evidence.MOST:
                for other in fees - {target}:
                    weighed.pop(other, None)
                weighed[target] = best
                return


def _from_values(column):
    """Propose by the values alone, where the heading says nothing."""
    return {
        target: score * column.shares[kind]
        for kind, target, score, least in evidence.ALONE
        if column.shares and column.shares[kind] >= least
    }


def _part_joinings(mapping, columns, places, sample_rows, today):
    """Of two columns that say when somebody joined, one is about the party and one about us.

    Nobody is in the association before the party, so the one with the later days is ours, whatever
    the two are called.
    """
    ours = [place for place in places if mapping.get(columns[place].heading) == Target.JOINED_ON]
    others = [place for place in places if columns[place].heading not in mapping]
    if not ours or not others or Target.JOINED_PARTY_ON in mapping.values():
        return
    first, second = ours[0], others[0]
    if today is not None and _later(sample_rows, second, first, today):
        first, second = second, first
    mapping[columns[first].heading] = str(Target.JOINED_ON)
    mapping[columns[second].heading] = str(Target.JOINED_PARTY_ON)


def _later(rows, one, other, today):
    """Tell whether the days in one column are more often after those in the other than before."""
    after = 0
    for row in rows:
        days = [_day(row[at] if at < len(row) else None, today) for at in (one, other)]
        if all(days):
            after += (days[0] > days[1]) - (days[0] < days[1])
    return after > 0


def _day(cell, today):
    if cell is None or cell == "":
        return None
    try:
        return read_date(cell, today=today)
    except BadValueError:
        return None


def says_register_number(heading):
    """Tell whether a heading is what registers call their members' numbers."""
    return Target.REGISTER_NUMBER in dict(EXACT.get(words_of(heading), ()))
