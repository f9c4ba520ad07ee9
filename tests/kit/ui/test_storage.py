import gc
import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles.finders import find, get_finders
from django.core.management import call_command

from krets.kit.ui import joined
from krets.kit.ui.storage import JoiningFinder

KILO = 1000


def read(path):
    return Path(find(path)).read_text(encoding="utf-8")


def weight(text):
    return len(brotli.compress(text.encode()))


def parts():
    finder = next(iter(get_finders()))
    return [path for path, _storage in super(type(finder), finder).list([])]


def test_tokens_come_first_and_print_comes_last():
    order = joined.style_order(
        [
            "ui/css/print.css",
            "ui/css/card.css",
            "welcome/welcome.css",
            "ui/css/tokens.css",
            "ui/css/bar.css",
            "ui/css/utilities.css",
        ]
    )

    assert order == [
        "ui/css/tokens.css",
        "ui/css/bar.css",
        "ui/css/card.css",
        "welcome/welcome.css",
        "ui/css/utilities.css",
        "ui/css/print.css",
    ]


@pytest.mark.parametrize("path", [joined.STYLESHEET, joined.SCRIPT])
def test_a_joined_file_outlives_the_finder_that_wrote_it(path):
    found = JoiningFinder().find(path)

    gc.collect()

    assert Path(found).exists()


def test_addresses_in_joined_styles_still_lead_to_their_files():
    style = joined.join_styles(
        [
            ("ui/css/tokens.css", 'src: url("../fonts/a.woff2"); /* gone */'),
            ("welcome/welcome.css", "a { background: url(leaf.svg) } b { c: url(data:x) }"),
        ]
    )

    assert 'url("fonts/a.woff2")' in style
    assert 'url("../welcome/leaf.svg")' in style
    assert "url(data:x)" in style
    assert "gone" not in style


def test_styles_are_sent_without_the_spaces_that_only_people_read():
    style = joined.join_styles([("a.css", 'a :hover, b { c: d (e: f); g: ", { ; }" }')])

    assert style == 'a :hover,b{c:d (e:f);g:", { ; }"}\n'


def test_scripts_do_not_see_each_other():
    script = joined.join_scripts([("a.js", "// why\nconst one = 1;"), ("b.js", "const one = 2;")])

    assert script == "{\nconst one = 1;\n}\n{\nconst one = 2;\n}\n"


def test_every_style_file_is_in_the_joined_one_and_none_is_sent_alone():
    styles = [path for path in parts() if path.startswith("ui/css/")]
    listed = [path for finder in get_finders() for path, _storage in finder.list([])]

    assert sorted(joined.style_order(styles)) == sorted(styles)
    assert joined.STYLESHEET in listed
    assert joined.SCRIPT in listed
    assert not [path for path in listed if joined.is_part(path)]


def test_braces_of_the_joined_stylesheet_match():
    style = read(joined.STYLESHEET)

    assert style.count("{") == style.count("}")
    assert style.startswith("@layer tokens,reset")


def test_scripts_are_joined_without_imports():
    script = read(joined.SCRIPT)

    assert 'customElements.define("auto-submit"' in script
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)


def test_the_scripts_of_a_stage_are_sent_bare_and_those_of_others_as_they_are():
    ours, theirs = read("welcome/draft-keeper.js"), find("django_htmx/django-htmx.js")

    assert 'customElements.define("draft-keeper"' in ours
    assert not re.search(r"^\s*//|^[ \t]", ours, re.MULTILINE)
    assert "django_htmx" in Path(theirs).parts


def test_our_scripts_on_the_page_with_most_of_them_keep_within_their_weight():
    assert weight(read(joined.SCRIPT)) + weight(read("welcome/draft-keeper.js")) <= 3 * KILO


@pytest.mark.parametrize(
    ("path", "most"),
    [(joined.STYLESHEET, 12), (joined.SCRIPT, 3), ("ui/vendor/htmx.min.js", 12.5)],
)
def test_what_is_sent_keeps_within_its_weight(path, most):
    assert weight(read(path)) <= most * KILO


def test_collecting_hashes_compresses_and_rewrites(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path

    call_command("collectstatic", interactive=False, verbosity=0)

    (style,) = tmp_path.glob("ui/krets.*.css")
    (font,) = tmp_path.glob("ui/fonts/figtree.*.woff2")
    assert f'url("fonts/{font.name}")' in style.read_text()
    assert style.with_name(style.name + ".br").exists()
    assert style.with_name(style.name + ".gz").exists()
    assert not list(tmp_path.glob("ui/css/*"))


def test_before_collecting_pages_use_the_plain_names(settings):
    from django.templatetags.static import static  # noqa: PLC0415 -- after the settings

    assert static(joined.STYLESHEET) == "/static/ui/krets.css"
