"""Who else could do what waits: only what can be handed over is offered."""

from krets.register.access.kinds import Mandates
from krets.register.access.table import TABLE
from krets.rhythm.routines.queries import routine_called
from krets.rhythm.todos.queries import held

# Who is asked first to take a mandate: those whom one can have several of.
_EASIEST = (Mandates.CALLER, Mandates.CONTACT_PERSON, Mandates.MEMBERSHIP_OFFICER)


def can_be_handed_over(unit, cards, today):
    """Return the ids of those to-dos of the cards that somebody else could do. One statement."""
    todos = [card.todo for card in cards if card.todo]
    if not todos:
        return set()
    holders = held(unit, today)
    return {
        todo.pk
        for todo in todos
        if any(
            person_id != todo.owner_id and kind in TABLE[routine_called(todo.routine).needs]
            for person_id, kind in holders
        )
    }


def mandate_wanted(needs, gives):
    """Return (the mandate somebody would need for this, whether one may give it oneself)."""
    granting = TABLE.get(needs, {})
    wanted = [kind for kind in (*_EASIEST, *Mandates) if kind in granting]
    mine = [kind for kind in wanted if kind in gives]
    return (mine[0], True) if mine else (wanted[0], False)
