"""Every model of the stage, where Django looks for it."""

from krets.rhythm.routines.models import Watch
from krets.rhythm.todos.models import Todo

__all__ = ["Todo", "Watch"]
