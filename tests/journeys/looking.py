"""What a careful eye sees on a page: told as a list of sentences, empty when all is well."""

import gettext
import re
from functools import cache
from pathlib import Path

from krets.demo.files import HEADINGS
from krets.demo.names import CARES, SKILLS, WANTS
from krets.demo.talks import NOTES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# What people have written in the demo, in their own language; longest first.
WRITTEN = sorted({*HEADINGS, *NOTES, *CARES, *SKILLS, *WANTS}, key=len, reverse=True)
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Words that one language is full of and the other does not have.
ENGLISH = {"the", "you", "your", "are", "with", "this", "been", "when", "there", "their", "who"}
SWEDISH = {"och", "att", "är", "för", "som", "inte", "eller", "på", "av", "du", "det", "till"}
WORD = re.compile(r"[^\W\d_]+")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SHORTEST = 4

# Every visible piece of text and every label that is only heard, but not what says that it is in
# another language or what a person has written.
TEXTS = """() => {
  const told = new Set(), here = document.documentElement.lang;
  const foreign = (part) => {
    const marked = part.closest('[lang]');
    return marked && marked.lang !== here;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const part = walker.currentNode.parentElement;
    if (part.closest('script, style, template, bdi, textarea, code') || foreign(part)) continue;
    const words = walker.currentNode.data.replace(/\\s+/g, ' ').trim();
    if (words) told.add(words);
  }
  for (const part of document.body.querySelectorAll('[aria-label],[title],[placeholder],[alt]')) {
    if (foreign(part)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const words = part.getAttribute(name)?.replace(/\\s+/g, ' ').trim();
      if (words) told.add(words);
    }
  }
  told.add(document.title.replace(' · Krets', ''));
  return [...told];
}"""

# A target is as large as what answers to a finger around its middle, whatever draws it.
TARGETS = """(size) => {
  const small = [], half = size / 2 - 1;
  const owner = (part) => part?.closest('a[href], button, summary, label, input, select, textarea');
  const wanted = 'a[href], button, summary, select, textarea, input:not([type=hidden])';
  for (const part of document.querySelectorAll(wanted)) {
    if (!part.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const label = part.closest('label');
    const target = label ?? part;
    const text = getComputedStyle(part).display === 'inline' &&
      [...part.parentElement.childNodes].some((near) => near.nodeType === 3 && near.data.trim());
    if (text || part.matches('.skip, :disabled')) continue;
    target.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});
    const box = target.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) continue;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    if (owner(top) !== target && !target.contains(top)) {
      small.push(`covered by ${top?.outerHTML.slice(0, 80)}: ` + part.outerHTML.slice(0, 80));
      continue;
    }
    const near = [[x - half, y], [x + half, y], [x, y - half], [x, y + half]].filter(
      ([across, down]) => across > 0 && down > 0 && across < innerWidth && down < innerHeight);
    const hit = near.every(([across, down]) => {
      const found = document.elementFromPoint(across, down);
      return owner(found) === target || target.contains(found) || found?.contains(target) &&
        found.matches('a, button, label, summary');
    });
    if (!hit) small.push(`${Math.round(box.width)} x ${Math.round(box.height)}: ` +
      (part.innerText || part.ariaLabel || part.name || part.outerHTML).trim().slice(0, 60));
  }
  scrollTo({top: 0, behavior: 'instant'});
  return small;
}"""

WIDE = """() => document.documentElement.scrollWidth > innerWidth
  ? [...document.querySelectorAll('body *')]
      .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
      .slice(-1).map((part) => part.outerHTML.slice(0, 120)).concat('(no one part)')[0]
  : null"""

# A sheet for the printer may hold many letters, each with a heading of its own.
FORM = """() => ({
  headings: document.querySelectorAll('h1').length,
  sheets: document.querySelectorAll('.letter').length > 1,
  title: document.title,
  language: document.documentElement.lang,
})"""


def over(page, language, *, target):
    """Return what any page in the hand of a person must not show."""
    return [*form(page, language), *wide(page), *foreign(page, language), *small(page, target)]


def form(page, language):
    """A page has a title, one first heading, and says its language."""
    told = page.evaluate(FORM)
    found = []
    if told["headings"] != 1 and not told["sheets"]:
        found.append(f"{told['headings']} h1")
    if not told["title"].replace("· Krets", "").strip():
        found.append("no title")
    if told["language"] != language:
        found.append(f"lang is {told['language']}")
    return found


def wide(page):
    """Nobody should have to scroll sideways."""
    part = page.evaluate(WIDE)
    return [f"scrolls sideways at {page.viewport_size['width']}: {part}"] if part else []


def small(page, size):
    """A finger must hit what it means."""
    return [f"a target below {size} px: {told}" for told in page.evaluate(TARGETS, size)]


def violations(page):
    """What axe finds."""
    page.evaluate(AXE)
    told = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    return [
        f"axe {rule['id']}: {node['html'][:160]}"
        for rule in told["violations"]
        for node in rule["nodes"]
    ]


def foreign(page, language):
    """What is said in the other language: in words of the catalogue, or of no catalogue."""
    texts = {text: without_what_people_wrote(text) for text in page.evaluate(TEXTS)}
    return [
        f"not in {language}: {text}" for text, said in texts.items() if is_foreign(said, language)
    ]


def without_what_people_wrote(text):
    for written in WRITTEN:
        text = text.replace(written, "")
    return text


def is_foreign(text, language):
    exact, patterns = sayings(language)
    common = ENGLISH if language == "sv" else SWEDISH
    words = {word.lower() for word in WORD.findall(text)}
    return text in exact or bool(words & common) or any(each.fullmatch(text) for each in patterns)


@cache
def sayings(language):
    """Return what must not be said in the language: (texts as they stand, patterns with gaps)."""
    path = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog
    pairs = [
        ((key[0] if isinstance(key, tuple) else key).split("\x04")[-1], told)
        for key, told in known.items()
        if key
    ]
    if language != "sv":
        pairs = [(swedish, english) for english, swedish in pairs]
    allowed = {right for _wrong, right in pairs}
    wrong = {
        " ".join(wrong.split())
        for wrong, right in pairs
        if wrong != right and wrong not in allowed and len(wrong) >= SHORTEST
    }
    gaps = {text for text in wrong if PLACEHOLDER.search(text)}
    return wrong - gaps, [pattern_of(text) for text in gaps if is_telling(text)]


def is_telling(text):
    """Whether enough stands around the gaps to know the sentence again."""
    return len(PLACEHOLDER.sub("", text).strip(" .,·:")) >= 2 * SHORTEST


def pattern_of(text):
    around = [re.escape(part) for part in PLACEHOLDER.split(re.sub(r"<[^>]+>", "", text))]
    return re.compile(".+".join(around).replace("%%", "%"))


BEHIND_THE_BAR = """() => {
  const bar = document.querySelector('.bar').getBoundingClientRect().top;
  const buttons = [...document.querySelectorAll('main .button')];
  return buttons.filter((each) => each.getBoundingClientRect().bottom > bar)
    .map((each) => each.innerText.trim());
}"""


def behind_the_bar(page):
    """Return the buttons of a page that stand behind the bar, or below it, before one scrolls."""
    return page.evaluate(BEHIND_THE_BAR)
