"""Swedish: Django's own, but for the clock, which has a full stop as in print."""

DATETIME_FORMAT = "j F Y H.i"
TIME_FORMAT = "H.i"
