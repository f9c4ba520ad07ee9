"""What just happened, said once on the next page, with the way back."""

from django.contrib import messages

_LEVELS = {"done": messages.SUCCESS, "watch": messages.WARNING, "fault": messages.ERROR}


def tell(request, text, *, state="done", undo=None):
    """Say a sentence on the next page; `undo` is the address whose POST takes it back."""
    messages.add_message(request, _LEVELS[state], text, extra_tags=undo or "")


def is_waiting(request):
    """Return whether something is to be said: one was led here by what one did."""
    return len(messages.get_messages(request)) > 0


def waiting(request):
    """Return and use up what is waiting to be said."""
    states = {level: state for state, level in _LEVELS.items()}
    return [
        {
            "text": message.message,
            "state": states.get(message.level, "done"),
            "undo": message.extra_tags,
        }
        for message in messages.get_messages(request)
    ]
