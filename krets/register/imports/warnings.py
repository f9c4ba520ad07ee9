"""Does the file look wrong as a whole? Then somebody must say that it is right.

Some things are only told: nobody has to say that they are right.
"""

from krets.kit.tables.swedish import fold

_LAST_TIME = "as_last_time"
TOLD = frozenset({"number_is_identity", "column_lost", "answers_kept", _LAST_TIME})
# Asked about on the page, where the columns can be put right at once; elsewhere it is told.
ASKED_ON_THE_PAGE = frozenset({"no_joining_days"})
_FEWEST = 5
_FEWEST_NEW = 20
_HALF = 0.5
_MOST_RENAMED = 0.3


def warnings_of(found, *, unit_name):
    """Return what speaks against the whole file, as [{code, …figures}]; to most one must answer."""
    warnings = []
    if found.members >= _FEWEST and found.missing_for_sure >= found.members * _HALF:
        warnings.append(
            {"code": "many_missing", "missing": found.missing_for_sure, "members": found.members}
        )
    new = found.counts["new"]
    if not found.first and new >= _FEWEST_NEW and new > found.members * _HALF:
        warnings.append({"code": "many_new", "new": new, "members": found.members})
    other = _other_branch(found, unit_name)
    if other:
        warnings.append({"code": "other_branch", **other})
    matched = found.members - found.missing_for_sure
    if found.renamed >= _FEWEST and found.renamed > matched * _MOST_RENAMED:
        warnings.append({"code": "many_renamed", "renamed": found.renamed})
    rejected = found.counts["rejected"]
    if rejected >= _FEWEST and rejected > found.rows * _HALF:
        warnings.append({"code": "many_rejected", "rejected": rejected, "rows": found.rows})
    if found.first and new and not found.dated:
        warnings.append({"code": "no_joining_days", "new": new})
    warnings += [
        {"code": "number_is_identity", "heading": heading} for heading in found.identity_headings
    ]
    warnings += [{"code": "column_lost", **column} for column in found.lost]
    answered, kept = found.answered
    if answered:
        warnings.append({"code": "answers_kept", "kept": kept, "answered": answered})
    if found.as_last_time:
        warnings.append({"code": _LAST_TIME})
    return warnings


def need_a_word(warnings, *, told=TOLD):
    """Tell whether somebody must say that the file is right before it is saved."""
    return any(warning["code"] not in told for warning in warnings)


def is_doubted(importing):
    """Tell whether the file looks wrong, and nobody has said that it is right."""
    return importing.declared_at is None and need_a_word(importing.warnings)


def is_last_time(warnings):
    """Tell whether the columns were read as was said of another file without headings."""
    return any(warning["code"] == _LAST_TIME for warning in warnings)


def _other_branch(found, unit_name):
    """Return the association most rows name, when it is not ours; a part of the name will do."""
    if not found.branches:
        return None
    ours = set(unit_name.split())
    counted = {}
    for branch, rows in found.branches.items():
        words = set(fold(branch).split())
        if not (ours <= words or words <= ours):
            counted[branch] = rows
    strange = sum(counted.values())
    if strange <= sum(found.branches.values()) * _HALF:
        return None
    return {"branch": max(counted, key=counted.get), "rows": strange}
