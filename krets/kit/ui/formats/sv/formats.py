"""Swedish: Django's own, but a date holds together, and the clock has a full stop as in print."""

DATE_FORMAT = "j\N{NO-BREAK SPACE}F\N{NO-BREAK SPACE}Y"
DATETIME_FORMAT = f"{DATE_FORMAT} H.i"
TIME_FORMAT = "H.i"
