"""Each act in the trail, in words a reader understands."""

from django.utils.translation import gettext_lazy as _

from krets.rhythm.routines.queries import routine_and_number

WORDS = {
    "account.address_changed": _("Changed the address to sign in with"),
    "account.address_confirmed": _("Confirmed the address to sign in with"),
    "account.closed": _("Closed a sign-in"),
    "account.opened": _("Gave somebody a sign-in"),
    "account.signed_in": _("Signed in"),
    "call.claimed": _("Took on a call"),
    "call.decided": _("Decided how to go on with a call"),
    "call.given": _("Gave a call to somebody"),
    "call.not_needed": _("Closed calls that were no longer needed"),
    "call.owed": _("Put somebody on the call list"),
    "call.report_undone": _("Undid the report of a call"),
    "call.reported": _("Reported how a call went"),
    "contact_person.set": _("Chose a contact person"),
    "import.applied": _("Saved the changes of a member file"),
    "import.asked": _("Asked for a member file to be saved"),
    "import.cancelled": _("Discarded a member file unsaved"),
    "import.columns_chosen": _("Set what the columns of a member file mean"),
    "import.declared": _("Said that a doubted member file is the right one"),
    "import.failed": _("Could not read a member file"),
    "import.read": _("Read a member file"),
    "import.read_again": _("Read a member file again"),
    "import.thrown_away": _("Discarded a member file after a day"),
    "import.uploaded": _("Uploaded a member file"),
    "job.rerun": _("Ran a failed job again"),
    "letter.print_undone": _("Marked letters as not printed"),
    "letter.printed": _("Printed letters"),
    "letter.unworded": _("Went back to the standard text of a letter"),
    "letter.worded": _("Changed the text of a letter"),
    "mandate.agreed": _("Agreed to a mandate"),
    "mandate.ended": _("Ended a mandate"),
    "mandate.given": _("Gave a mandate"),
    "member.added": _("Added a member by hand"),
    "membership.ended": _("Ended a membership"),
    "membership.resumed": _("Resumed a membership"),
    "note.ended": _("Deleted old notes"),
    "note.removed": _("Deleted a note"),
    "note.rewritten": _("Changed a note"),
    "note.written": _("Wrote a note"),
    "person.added": _("Added a person"),
    "person.deceased": _("Recorded that somebody has died"),
    "person.edited": _("Changed a person’s details"),
    "person.not_deceased": _("Undid that somebody had died"),
    "person.imported": _("Added or changed a person with a member file"),
    "routines.judged": _("Ran the routines"),
    "setting.set": _("Changed a setting"),
    "step.skipped": _("Skipped a step of a welcome"),
    "step.taken_up": _("Resumed a step of a welcome"),
    "tag.added": _("Noted what somebody wants or is good at"),
    "tag.removed": _("Removed a tag from somebody"),
    "tags.changed": _("Changed the tags of somebody"),
    "todo.done": _("Completed a to-do"),
    "todo.handed_over": _("Handed a to-do over"),
    "todo.not_needed": _("Said that a to-do was not needed"),
    "todo.snoozed": _("Put a to-do off"),
    "todo.undone": _("Opened a to-do again"),
    "todos.escalated": _("Passed on to-dos that had waited"),
    "todos.reassigned": _("Gave to-dos new owners"),
    "unit.added": _("Added an association"),
    "unit.set_up": _("Set up the association"),
}


# To whom: of officers only. What was done about a member is told by nobody's name.
TO_WHOM = {
    "account.closed": _("Closed a sign-in: that of %(name)s"),
    "account.opened": _("Gave %(name)s a sign-in"),
    "mandate.agreed": _("Agreed to a mandate: %(kind)s, for %(name)s"),
    "mandate.ended": _("Ended a mandate: %(kind)s, held by %(name)s"),
    "mandate.given": _("Gave a mandate: %(kind)s, to %(name)s"),
}
SETTING = "setting.set"

# What one may look for, and how its acts begin; an act is of the first kind that takes it.
KINDS = {
    "files": (_("Member files"), ("import.", "person.imported")),
    "access": (_("Signing in and mandates"), ("account.", "mandate.")),
    "members": (
        _("Members and notes"),
        ("contact_person.", "member.", "membership.", "note.", "person.", "tag.", "tags."),
    ),
    "welcome": (_("Calls and letters"), ("call.", "letter.", "step.")),
    "todos": (_("To-dos and routines"), ("routines.", "setting.", "todo.", "todos.")),
    "krets": (_("The association and Krets"), ("job.", "unit.")),
}


def kind_of(action):
    """Return the kind that an act is of."""
    return next(kind for kind, (_words, begins) in KINDS.items() if action.startswith(begins))


def acts_of(kind):
    """Return the acts of a kind."""
    return [action for action in WORDS if kind_of(action) == kind]


def said(action, *, name="", kind="", setting=""):
    """Return the act in words, as far as is known to whom it was done, or with which setting.

    A test checks that every act that commands record is here.
    """
    if name and action in TO_WHOM:
        return TO_WHOM[action] % {"name": name, "kind": kind}
    return setting or WORDS[action]


def setting_in_words(key, value):
    """Return what was done to a setting, by its stored key; empty where code knows it no longer."""
    routine, name = routine_and_number(key)
    if routine is None:
        campaign = _("Switched campaign mode on") if value else _("Switched campaign mode off")
        return campaign if name else ""
    if name == "on":
        words = (
            _("Switched the routine “%(routine)s” on")
            if value
            else _("Switched the routine “%(routine)s” off")
        )
        return words % {"routine": routine.title}
    return _("Changed the routine “%(routine)s”: %(setting)s") % {
        "routine": routine.title,
        "setting": routine.labels.get(name, name),
    }
