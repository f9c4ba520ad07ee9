"""What the register can be asked."""

from krets.register.members.queries.choices import Chosen, clauses, sentence
from krets.register.members.queries.listing import (
    MemberPage,
    list_choices,
    member_list,
    members_of,
    open_sort,
    tag_word,
)
from krets.register.members.queries.people import (
    age,
    name_of_account,
    names,
    namesakes,
    tell_apart,
    years_paid,
)
from krets.register.members.queries.words import (
    PHONES,
    changed_in_words,
    group_of,
    in_order,
    label,
    written,
)

__all__ = [
    "PHONES",
    "Chosen",
    "MemberPage",
    "age",
    "changed_in_words",
    "clauses",
    "group_of",
    "in_order",
    "label",
    "list_choices",
    "member_list",
    "members_of",
    "name_of_account",
    "names",
    "namesakes",
    "open_sort",
    "sentence",
    "tag_word",
    "tell_apart",
    "written",
    "years_paid",
]
