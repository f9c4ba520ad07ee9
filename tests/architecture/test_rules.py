"""Every rule is tried on something that breaks it and on something that does not."""

import ast

import pytest

from tests.architecture import pages, rules

BROKEN = [
    (rules.writes, "call.save()"),
    (rules.writes, "Call.objects.filter(pk=1).update(closed_at=at)"),
    (rules.writes, "Call.objects.bulk_create(rows)"),
    (rules.objects, "rows = Call.objects.all()"),
    (rules.unlooked, "def end(request, pk): person = find(request, Person, pk, opened=True)"),
    (rules.unlooked, "def unwrite(request, pk): return find(request, models.Note, pk).text"),
    (rules.form_saves, "form.save()"),
    (rules.form_saves, "class Edit(forms.ModelForm): pass"),
    (rules.clocks, "from django.utils import timezone\nat = timezone.now()"),
    (rules.clocks, "import datetime\nday = datetime.date.today()"),
    (rules.clocks, "Field(default=timezone.now)"),
    (rules.personal_strings, "class A:\n def __str__(self): return self.first_name"),
    (rules.personal_strings, "class A:\n def __str__(self): return f'{self.person.email}'"),
    (rules.hidden_writes, "class A(models.Model):\n def save(self): pass"),
    (rules.hidden_writes, "from django.db.models.signals import post_save"),
    (rules.orderings, "class A:\n class Meta:\n  ordering = ['name']"),
    (rules.unsigned_commands, "def close(call, *, by, at): pass"),
    (rules.unsigned_commands, "def close(call, *, by, at): end(call.save(), by=by)"),
    (rules.clocks, "at = datetime.now(UTC)"),
    (rules.assembled_texts, "_(f'Call {name}')"),
    (rules.assembled_texts, "gettext('Call %s' % name)"),
    (rules.assembled_texts, "ngettext('{}'.format(n), 'b', n)"),
    (rules.cache_counts, "cache.incr('tries')"),
    (rules.mocks, "from unittest.mock import patch"),
    (rules.mocks, "import unittest.mock"),
    (rules.naps, "time.sleep(1)"),
    (rules.skips, "@pytest.mark.skip\ndef test(): pass"),
    (rules.skips, "@pytest.mark.xfail(strict=True)\ndef test(): pass"),
]
SOUND = [
    (rules.writes, "words.update(more)"),
    (rules.writes, "Call.objects.filter(pk=1).values_list('pk')"),
    (rules.objects, "rows = queries.queue(unit)"),
    (rules.unlooked, "def end(request, pk): looked_at(request, Person, pk, page='edit')"),
    (rules.unlooked, "def todo(request, pk): find(request, Todo, pk)"),
    (rules.form_saves, "class Edit(forms.Form): pass"),
    (rules.clocks, "at = arguments.now"),
    (rules.clocks, "day = timezone.localdate(at)"),
    (rules.unsigned_commands, "def close(call, *, by, at): end(call, by=by, at=at)"),
    (rules.personal_strings, "class A:\n def __str__(self): return f'Call {self.pk}'"),
    (rules.personal_strings, "class A:\n def name(self): return self.first_name"),
    (rules.hidden_writes, "class A(models.Model):\n def name(self): pass"),
    (rules.orderings, "class A:\n class Meta:\n  indexes = []"),
    (rules.unsigned_commands, "@command\ndef close(call, *, by, at): pass"),
    (rules.unsigned_commands, "def _close(call, *, by, at): pass"),
    (rules.assembled_texts, "_('Call %(name)s') % {'name': name}"),
    (rules.cache_counts, "limits.hit('tries')"),
    (rules.mocks, "from tests.conftest import NOON"),
    (rules.naps, "event.wait()"),
    (rules.skips, "pytest.mark.skipif(True, reason='no data beside the checkout')"),
]
STRAY = [
    ("from krets.welcome.calls.forms import OutcomeForm", ["overview", "today"], 1),
    ("from krets.welcome.calls import forms", ["overview", "today"], 1),
    ("from krets.welcome.calls import queries", ["overview", "today"], 0),
    ("from krets.welcome.calls.models import Call", ["overview", "today"], 0),
    ("from krets.welcome.calls import forms", ["welcome", "calls"], 0),
    ("from krets.register.models import Person", ["overview", "today"], 0),
    ("from krets.register.access.doors import page", ["overview", "today"], 0),
    ("from krets.kit.ui.responses import done", ["overview", "today"], 0),
]
PAGES = [
    (pages.inline, '<p style="color: red">', 1),
    (pages.inline, "<style>p { color: red }</style>", 1),
    (pages.inline, '<button onclick="go()">', 1),
    (pages.inline, "<script>go()</script>", 1),
    (pages.inline, '<a href="javascript:go()">', 1),
    (pages.inline, '<script src="{% static "a.js" %}" defer></script>', 0),
    (pages.inline, '<p class="style" data-on="x">{# style="" #}', 0),
    (pages.untrimmed, "{% blocktranslate with a=b %}", 1),
    (pages.untrimmed, "{% blocktranslate trimmed with a=b %}", 0),
    (pages.elsewhere, '<link href="https://fonts.elsewhere.net/a.css">', 1),
    (pages.elsewhere, "@import url(//cdn.elsewhere.net/a.css);", 1),
    (pages.elsewhere, '<svg xmlns="http://www.w3.org/2000/svg">', 0),
    (pages.elsewhere, '<a href="/-/me/">', 0),
]
SILENCED = [
    ("import x  # noqa", 1),
    ("import x  # noqa: F401", 1),
    ("import x  # noqa: F401 -- read by the framework", 0),
    ("x = y  # type: ignore", 1),
    ("x = y  # type: ignore[attr-defined] -- the stubs do not know it", 0),
    ("x = y  # plain words", 0),
]


@pytest.mark.parametrize(("rule", "source"), BROKEN)
def test_the_rule_sees_what_breaks_it(rule, source):
    assert len(list(rule(ast.parse(source)))) == 1


@pytest.mark.parametrize(("rule", "source"), SOUND)
def test_the_rule_leaves_sound_code_alone(rule, source):
    assert list(rule(ast.parse(source))) == []


@pytest.mark.parametrize(("source", "home", "count"), STRAY)
def test_the_front_door_is_told_from_the_window(source, home, count):
    assert len(list(rules.strays(ast.parse(source), home))) == count


@pytest.mark.parametrize(("rule", "text", "count"), PAGES)
def test_pages_are_read_for_what_the_browser_would_refuse(rule, text, count):
    assert len(rule(text)) == count


@pytest.mark.parametrize(("line", "count"), SILENCED)
def test_silence_needs_a_reason(line, count):
    assert len(list(rules.bare_suppressions(line))) == count
