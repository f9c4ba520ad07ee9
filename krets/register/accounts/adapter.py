"""How allauth behaves here: nobody signs up alone, and mail goes out as we write it."""

import secrets
from datetime import timedelta

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from krets.kit.messaging import outbox
from krets.register.accounts import queries, sessions

CODE_LASTS = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made with a mandate or at set-up, never by a form that anyone can open."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("That is not the latest code. Look again, and write all six digits."),
        "too_many_login_attempts": _(
            "Too many tries in a short while. Wait five minutes, then ask for a new code."
        ),
        "rate_limited": _(
            "Too many codes were asked for in a short while. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request):
        return False

    def generate_login_code(self):
        """Return six digits: easy to read aloud and to type on a phone."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def login(self, request, user):
        """Begin the session in the account's language, recorded."""
        super().login(request, user)
        sessions.settle(request, user, how="code", at=timezone.now())

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Say nothing: our own pages tell what happened."""

    def respond_user_inactive(self, request, user):
        """Lead somebody whose way in has closed meanwhile back to the beginning."""
        return redirect("account_login")

    def send_mail(self, template_prefix, email, context):
        """Leave the sign-in code for a job to send, in the account's language."""
        _leave(outbox.post, template_prefix.rsplit("/", 1)[-1], email, context)

    def pretend_to_send_code(self, email):
        """Do the same work for an address that nobody signs in with: neither time nor a fault of
        the mail server tells the two apart.
        """
        _leave(outbox.pretend, "login_code", email, {"code": self.generate_login_code()})


def _leave(post, name, email, context):
    """Write the message; its subject holds nothing personal."""
    account, now = queries.by_address(email), timezone.now()
    with translation.override(account.language if account else translation.get_language()):
        subject = render_to_string(f"register/accounts/messages/{name}/subject.txt", context)
        body = render_to_string(f"register/accounts/messages/{name}/body.txt", context)
    post(
        email,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        at=now,
        useful_until=now + CODE_LASTS,
    )
