"""Numbers that tell nothing."""

import secrets


def random_key():
    """Return a random 63-bit integer: unguessable, and fits a BIGINT on both databases."""
    return secrets.randbits(63)
