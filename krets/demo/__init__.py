"""An invented association, lived through by real imports and real commands."""
