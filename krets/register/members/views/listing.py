"""The list of members, and what it can be narrowed to."""

from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from krets.kit.ui.responses import respond
from krets.register.access.doors import page
from krets.register.access.permissions import Permission
from krets.register.looks.commands import note_list
from krets.register.members import queries
from krets.register.members.forms import ListForm

SELECTS = {"fee", "new"}


@page(Permission.MEMBER_SEE)
def members(request):
    """Everyone who is a member here in alphabetical order, or some of them."""
    today = timezone.localdate()
    form = ListForm(request.GET)
    chosen, paging = form.asked()
    chosen = chosen.within(request.scope.fields)
    paging["sort"] = queries.open_sort(paging["sort"], request.scope.fields)
    found = queries.member_list(request.unit, request.scope, today=today, chosen=chosen, **paging)
    told = _clauses(request, chosen, today)
    sentence = queries.sentence(told)
    note_list(
        page="members",
        told=sentence or _("All members."),
        shown=[person.pk for person in found.rows],
        by=request.viewer,
        at=timezone.now(),
    )
    context = {
        "found": found,
        "sentence": sentence,
        "chips": _chips(told, chosen, paging),
        "only_selects": all(clause.name in SELECTS for clause in told),
        "chosen": chosen,
        "form_of_list": form,
        "sort": paging["sort"],
        "hidden": [pair for pair in chosen.pairs() if pair[0] not in SELECTS],
        "choose": _address(chosen, paging),
        "next": _address(chosen, paging, page=found.number + 1, after=found.after),
        "previous": _address(chosen, paging, page=found.number - 1, before=found.before),
        "today": today,
        "may_add": request.viewer.may(Permission.MEMBER_ADD),
        "may_import": request.viewer.may(Permission.IMPORT_MAKE),
    }
    return respond(request, "register/members/list.html", context, fragment="rows")


@page(Permission.MEMBER_SEE)
def choose(request):
    """Everything that the list can be narrowed by, on one page."""
    chosen, paging = ListForm(request.GET).asked()
    choices = queries.list_choices(request.unit, request.scope)
    context = {
        "form": ListForm(initial=dict(chosen.pairs()) | {"sort": paging["sort"]}),
        "chosen": chosen,
        "choices": choices,
        "opened": {group.value: True for group in request.scope.fields},
        "back": _address(chosen, paging),
    }
    return respond(request, "register/members/choose.html", context)


def _chips(told, chosen, paging):
    """Return (words, address without it, whether a select says it) of what narrows and orders.

    What stands in a select is a chip only where there is no room for selects.
    """
    chips = [
        (clause.chip, _address(chosen.without_one(clause.name), paging), clause.name in SELECTS)
        for clause in told
    ]
    if paging["sort"] != "name":
        words = dict(ListForm.SORTS)[paging["sort"]]
        chips.append((words, _address(chosen, paging | {"sort": "name"}), True))
    return chips


def _clauses(request, chosen, today):
    word = queries.tag_word(request.unit, chosen.tag) if chosen.tag else ""
    return queries.clauses(chosen, today=today, tag_word=word)


def _address(chosen, paging, **turned):
    """Return the query of an address: what is chosen, and where in the list. Never a name."""
    sort = [("sort", paging["sort"])] if paging["sort"] != "name" else []
    where = [(name, value) for name, value in turned.items() if value]
    return "?" + urlencode([*chosen.pairs(), *sort, *where])
