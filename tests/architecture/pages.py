"""The rules of the house for templates, styles and scripts: each names what breaks it."""

import re

INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE)
UNTRIMMED = re.compile(r"\{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)")
ADDRESS = re.compile(r"(?:https?:)?//[a-z0-9-]+\.[a-z0-9.-]+[^\s\"'<>)]*", re.IGNORECASE)
# Names of languages and examples, not places: nothing is fetched from there.
NOWHERE = ("http://www.w3.org/", "https://www.w3.org/", "https://example.org")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->|/\*.*?\*/", re.DOTALL)


def inline(text):
    """Style, script or a handler inside the page: the browser is told to refuse them."""
    return [found.group() for pattern in (INLINE, SCRIPT) for found in pattern.finditer(bare(text))]


def untrimmed(text):
    """A translated block whose line breaks and indents would be part of what is translated."""
    return [found.group() for found in UNTRIMMED.finditer(bare(text))]


def elsewhere(text):
    """The address of another host: no page asks anything of anyone else."""
    found = ADDRESS.findall(bare(text))
    return [address for address in found if not address.startswith(NOWHERE)]


def bare(text):
    return COMMENT.sub("", text)
