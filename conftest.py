"""Tests talk to nobody outside this machine, whatever they try."""

import sys

NEAR = {"localhost", "127.0.0.1", "::1", "", None, "0.0.0.0", "::"}  # noqa: S104 -- compared, not bound


class TalkedOutsideError(AssertionError):
    """A test tried to reach another machine."""


def _refuse(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if (host.decode() if isinstance(host, bytes) else host) not in NEAR:
        raise TalkedOutsideError(host)


sys.addaudithook(_refuse)
