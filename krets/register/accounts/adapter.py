"""How allauth behaves here: nobody signs up alone, and mail goes out as we write it."""

import secrets

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from krets.register.accounts import sessions


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made with a mandate or at set-up, never by a form that anyone can open."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _(
            "That is not the code in the latest message. Look again, and write all six digits."
        ),
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

    def send_mail(self, template_prefix, email, context):
        """Send the sign-in code in the account's language; subject lines hold nothing personal."""
        name = template_prefix.rsplit("/", 1)[-1]
        account = context.get("user")
        with translation.override(getattr(account, "language", None) or translation.get_language()):
            subject = render_to_string(f"register/accounts/messages/{name}/subject.txt", context)
            body = render_to_string(f"register/accounts/messages/{name}/body.txt", context)
        EmailMultiAlternatives(" ".join(subject.split()), body.strip() + "\n", to=[email]).send()
