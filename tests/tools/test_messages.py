import ast
import gettext
import io

import pytest

from tools import messages
from tools.messages import Catalogue, Entry, Key

IN_PYTHON = [
    ('_("Ring")', Key("Ring")),
    ('gettext_lazy("Ring " "now")', Key("Ring now")),
    ('translation.gettext("Ring")', Key("Ring")),
    ('pgettext("verb", "Ring")', Key("Ring", context="verb")),
    ('ngettext("one", "many", n)', Key("one", "many")),
    ('ngettext_lazy("one", "many", "count")', Key("one", "many")),
    ('npgettext("calls", "one", "many", n)', Key("one", "many", "calls")),
]
IN_TEMPLATES = [
    ('{% translate "Ring" %}', Key("Ring")),
    ('{% translate "Ring" context "verb" as word %}', Key("Ring", context="verb")),
    ('{% include "x.html" with label=_("Ring (now)") %}', Key("Ring (now)")),
    ('{{ word|default:_("none") }}', Key("none")),
    (
        "{% blocktranslate trimmed with a=b %}\n  Ring\n  {{ a }}.\n{% endblocktranslate %}",
        Key("Ring %(a)s."),
    ),
    (
        "{% blocktranslate trimmed count n=x %}one{% plural %}{{ n }} calls{% endblocktranslate %}",
        Key("one", "%(n)s calls"),
    ),
]


@pytest.mark.parametrize(("source", "key"), IN_PYTHON)
def test_texts_are_found_in_python(source, key):
    assert list(messages.keys_in_python(ast.parse(source))) == [key]


def test_words_kept_in_a_variable_are_marked_where_they_stand():
    assert list(messages.keys_in_python(ast.parse("_(title)"))) == []


@pytest.mark.parametrize(("source", "key"), IN_TEMPLATES)
def test_texts_are_found_in_templates(source, key):
    assert list(messages.keys_in_template(source)) == [key]


def test_what_stands_in_a_comment_is_no_text():
    assert list(messages.keys_in_template('{# _("Ring") #} _(ring)')) == []


def catalogue(*entries):
    return Catalogue({entry.key: entry for entry in entries})


def test_the_machine_reads_what_was_written():
    made = messages.mo(
        catalogue(
            Entry(Key("Ring"), ["Ring upp"]),
            Entry(Key("Ring", context="thing"), ["Ringen"]),
            Entry(Key("one call", "%(n)d calls"), ["ett samtal", "%(n)d samtal"]),
        )
    )

    read = gettext.GNUTranslations(io.BytesIO(made))

    assert read.gettext("Ring") == "Ring upp"
    assert read.pgettext("thing", "Ring") == "Ringen"
    assert [read.ngettext("one call", "%(n)d calls", n) for n in (0, 1, 2)] == [
        "%(n)d samtal",
        "ett samtal",
        "%(n)d samtal",
    ]


def test_a_part_is_read_as_it_was_written(tmp_path):
    entry = Entry(Key('Say "hi"\n', "Say %(n)s\\", "talk"), ['Säg "hej"\n', "Säg %(n)s\\"])
    path = tmp_path / "calls.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n\n' + messages.written(entry.key, entry.swedish, ["a.py"]),
        encoding="utf-8",
    )

    (read,) = messages.read(path)

    assert (read.key, read.swedish, read.fuzzy) == (entry.key, entry.swedish, False)


def test_long_texts_may_stand_on_several_lines(tmp_path):
    path = tmp_path / "calls.po"
    path.write_text('#, fuzzy\nmsgid ""\n"Ring "\n"now"\nmsgstr "Ring nu"\n', encoding="utf-8")

    (read,) = messages.read(path)

    assert (read.key, read.swedish, read.fuzzy) == (Key("Ring now"), ["Ring nu"], True)


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        (Entry(Key("Ring %(name)s"), ["Ring %(name)s"], part="a.po"), 0),
        (Entry(Key("Ring %(name)s"), ["Ring %(namn)s"], part="a.po"), 1),
        (Entry(Key("Ring %(name)s"), ["Ring"], part="a.po"), 1),
        (Entry(Key("one call", "%(n)d calls"), ["%(n)d samtal", "%(n)d samtal"], part="a.po"), 0),
        (Entry(Key("one call", "%(n)d calls"), ["ett samtal", "samtal"], part="a.po"), 1),
        (Entry(Key("<b>Ring</b>"), ["<b>Ring</b>"], part="a.po"), 0),
        (Entry(Key("<b>Ring</b>"), ["Ring"], part="a.po"), 1),
    ],
)
def test_placeholders_and_tags_are_the_same_in_both_languages(entry, count):
    assert len(list(messages.unlike(catalogue(entry)))) == count


@pytest.mark.parametrize(("swedish", "count"), [("Säg ”hej”", 0), ("Säg “hej”", 1)])
def test_quotation_marks_are_swedish_in_swedish(swedish, count):
    entry = Entry(Key("Say “hi”"), [swedish], part="a.po")

    assert len(list(messages.quoted_as_in_english(catalogue(entry)))) == count


def test_what_lacks_swedish_and_what_nobody_says_is_told():
    used = {Key("Ring"): ["krets/a.py"], Key("one", "many"): ["krets/b.py"]}
    known = catalogue(
        Entry(Key("one", "many"), ["ett", ""], part="a.po"),
        Entry(Key("Gone"), ["Borta"], part="a.po"),
        Entry(Key("Theirs"), ["Deras"], part=messages.OF_LIBRARIES),
    )

    assert list(messages.missing(used, known)) == [
        "krets/a.py: no Swedish for 'Ring'.",
        "krets/b.py: no Swedish for 'one'.",
    ]
    assert list(messages.unused(used, known)) == ["a.po: nothing says 'Gone' any more."]
