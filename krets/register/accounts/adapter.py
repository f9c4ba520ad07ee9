"""How allauth behaves here: nobody signs up alone, and mail goes out as we write it."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made with a mandate or at set-up, never by a form that anyone can open."""

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Send the sign-in code in the account's language; subject lines hold nothing personal."""
        name = template_prefix.rsplit("/", 1)[-1]
        account = context.get("user")
        with translation.override(getattr(account, "language", None) or translation.get_language()):
            subject = render_to_string(f"register/accounts/messages/{name}/subject.txt", context)
            body = render_to_string(f"register/accounts/messages/{name}/body.txt", context)
        EmailMultiAlternatives(" ".join(subject.split()), body.strip() + "\n", to=[email]).send()
