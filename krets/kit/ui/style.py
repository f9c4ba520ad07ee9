"""The living style page: every component in every state, with invented people. Development only."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krets.kit.ui.forms import PlainWords

PAGES = ("parts", "today", "members", "person", "columns", "call", "letter", "sign-in", "empty")


def style_view(request, name="parts"):
    """Every component in every state, and pages put together from them."""
    shown = settings.DEBUG or getattr(settings, "STYLE_PAGE", False)
    if not shown or name not in PAGES:
        raise Http404
    today = timezone.localdate()
    form = _StyleForm(
        {
            "name": "Siv Öberg",
            "email": "siv.oberg@example",
            "skills": ["carpentry"],
            "outcome": "ask",
        }
    )
    context = {
        "navigation": _navigation("members" if name in {"members", "person"} else "today"),
        "form": form,
        "empty_form": _StyleForm(),
        "page": Paginator(range(340), 25).page(2),
        "people": _people(today),
        "today": today,
        "days": [today + timedelta(days=away) for away in (-400, -9, -3, -1, 0, 1, 3, 9, 400)],
        "moments": [
            datetime.now(UTC) - timedelta(minutes=minutes)
            for minutes in (0, 1, 25, 300, 1500, 9999)
        ],
        "names": [
            "Amina Yusuf",
            "Björn Åkesson",
            "محمد علي",
            "李小龍",
            "🌻",
            "",
            "von Essen",
            "Åsa",
        ],
        "icons": _ICONS.split(),
        "stages": ["analyse", "care", "welcome", "recruit", "evaluate"],
    }
    return render(request, f"ui/style/{name}.html", context)


class _StyleForm(PlainWords, forms.Form):
    name = forms.CharField(label="Namn")
    email = forms.EmailField(label="E-post", help_text="Så att vi kan skicka koden.")
    joined_on = forms.DateField(label="Medlem sedan", required=False, widget=forms.DateInput)
    state = forms.ChoiceField(
        label="Visa", choices=[("", "Alla"), ("new", "Nya i år"), ("unpaid", "Inte betalat")]
    )
    note = forms.CharField(
        label="Anteckning",
        widget=forms.Textarea,
        required=False,
        help_text="Skriv så att personen själv kan läsa det.",
    )
    skills = forms.MultipleChoiceField(
        label="Är bra på",
        choices=[("carpentry", "snickeri"), ("cook", "laga mat"), ("drive", "köra släp")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outcome = forms.ChoiceField(
        label="Vad ska hända med Karin?",
        choices=[("ask", "Fråga Karin"), ("left", "Hon har slutat")],
        widget=forms.RadioSelect,
    )
    outcome.notes = {"ask": "Lägger ett samtal på din lista", "left": "Du får skriva varför"}
    agreed = forms.BooleanField(label="Jag är minst 16 år", help_text="Annars sparas inget.")
    file = forms.FileField(label="Medlemslista", help_text="Excel eller CSV, högst 50 MB.")
    code = forms.CharField(label="Koden i brevet", help_text="Den gäller i tio minuter.")


def _people(today):
    rows = (
        ("Amina Yusuf", "0701740621", "Siv Öberg", 3, "new"),
        ("Björn Åkesson", "0701740634", "Siv Öberg", 2440, ""),
        ("Elsa Lindqvist", "", "Mona Nyström", 13, "new"),
        ("Gunnar Ek", "0701740605", "", 5100, "watch"),
        ("Karin Sandström-Lindenkrona", "084650041", "Omar Karimi", 4300, ""),
        ("Tuan Nguyen", "0701740658", "", 7, "new"),
    )
    return [
        SimpleNamespace(
            pk=index,
            name=name,
            phone=phone,
            contact=contact,
            joined_on=today - timedelta(days=days),
            state=state,
            email=f"{name.split()[0].lower()}@example.se",
        )
        for index, (name, phone, contact, days, state) in enumerate(rows, start=1)
    ]


def _navigation(current):
    def place(name, label, icon="", *, count=None, stage="", bar=True):
        return {
            "name": name,
            "label": label,
            "icon": icon,
            "stage": stage,
            "count": count,
            "bar": bar,
            "address": f"/style/{name}/",
            "current": "page" if name == current else "",
        }

    main = [
        place("today", _("Today"), "today", count=5),
        place("members", _("Members"), "members", count=82),
        place("call", _("Calls"), "phone", count=3),
    ]
    more = place("more", _("More"), "more")
    office = [
        place("columns", "Läs in medlemslistan", "import", bar=False),
        place("letter", "Brev", "letter", bar=False),
        place("parts", "Formspråket", "settings", bar=False),
    ]
    return {
        "places": main,
        "office": office,
        "bar": [*main, more],
        "search": "/style/members/",
        "home": "/style/today/",
        "unit": SimpleNamespace(name="Björkvik"),
        "me": True,
        "my_name": "Siv Öberg",
        "my_key": 20,
        "my_title": "medlemsansvarig",
        "mine": "/style/person/",
    }


_ICONS = (
    "add alert back calendar circle close copy download eye file flag forward import key later"
    " leave letter list mandate members more note person phone place print search settings shield"
    " tick today trail undo"
)
