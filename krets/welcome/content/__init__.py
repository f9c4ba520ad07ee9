"""The words that come with Krets: guides, letters and first suggestions, in both languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from krets.register.profiles.models import Tag

_FOLDER = Path(__file__).parent
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Text:
    """A text of the package, with the version an association's own copy is compared with."""

    id: str
    version: int
    title: str
    body: str

    @property
    def html(self):
        """The body as HTML. What looks like HTML in it stays text."""
        return render(self.body)

    @property
    def parts(self):
        """The body by its second headings: [(heading, HTML)]."""
        found = [part.partition("\n") for part in ("\n" + self.body).split("\n## ")[1:]]
        return [(heading.strip(), render(body)) for heading, _line, body in found]


def render(text):
    """Return markdown as HTML; tags in the text are escaped, never passed on."""
    return mark_safe(_MARKDOWN.render(text))  # noqa: S308 -- the renderer escapes all HTML


@cache
def text(name, language):
    """Return a text of the package in the language, in Swedish where there is none."""
    file = _FOLDER / language / f"{name}.md"
    if not file.exists():
        file = _FOLDER / settings.LANGUAGE_CODE / f"{name}.md"
    _empty, head, body = file.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    return Text(name, int(fields["version"]), fields["title"], body.strip())


@cache
def starter_words(language):
    """Return {kind of tag: [word]} to begin with, until the association has words of its own."""
    lists = [
        [line.removeprefix("- ").strip() for line in part.splitlines() if line.startswith("- ")]
        for part in text("first-words", language).body.split("## ")[1:]
    ]
    return dict(zip((Tag.Kind.WANT, Tag.Kind.COMPETENCE, Tag.Kind.INTEREST), lists, strict=True))
