"""Today (i dag): the start page, what waits for the one who looks."""
