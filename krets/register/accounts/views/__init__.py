"""The pages of signing in, and of the address one signs in with."""

from krets.register.accounts.views.address import address, address_code
from krets.register.accounts.views.signing_in import code, home, language, link, sign_in, sign_out

__all__ = [
    "address",
    "address_code",
    "code",
    "home",
    "language",
    "link",
    "sign_in",
    "sign_out",
]
