"""The Swedish catalogue: joined from its parts, compiled, and proved complete.

    messages.py            join locale/parts/*.po into locale/sv/LC_MESSAGES/django.{po,mo},
                           and print what still lacks Swedish, ready to be filled in
    messages.py --check    change nothing; exit 1 and say what is amiss

GNU gettext is not asked for: a fresh clone must be able to run this with Python alone.
"""

import ast
import re
import struct
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "krets"
PARTS = ROOT / "locale" / "parts"
CATALOGUE = ROOT / "locale" / "sv" / "LC_MESSAGES"
# Words of the libraries we say in our own way; no text of ours holds them.
OF_LIBRARIES = "libraries.po"
HEADER = (
    "Project-Id-Version: Krets\n"
    "Language: sv\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z]\w*")
COUNTS = {"%(count)s", "%(count)d", "%(n)s", "%(n)d", "%(number)s", "%(number)d"}


@dataclass(frozen=True, order=True)
class Key:
    """What is looked up: the English words, with a context where they alone would not do."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """One answer of the catalogue."""

    key: Key
    swedish: list[str]
    fuzzy: bool = False
    part: str = ""


@dataclass
class Catalogue:
    """All answers, and what was found amiss while reading them."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    amiss: list[str] = field(default_factory=list)


def main(arguments):
    """Join or check. Return the exit status."""
    used, catalogue = uses(), joined()
    found = list(problems(used, catalogue))
    if "--check" in arguments:
        found += outdated(used, catalogue)
        for problem in found:
            print(problem)
        print(f"{len(used)} texts, {len(found)} amiss.")
        return 1 if found else 0
    CATALOGUE.mkdir(parents=True, exist_ok=True)
    (CATALOGUE / "django.po").write_text(po(used, catalogue), encoding="utf-8")
    (CATALOGUE / "django.mo").write_bytes(mo(catalogue))
    for problem in found:
        print(f"# {problem}")
    for key in sorted(set(used) - set(catalogue.entries)):
        print("\n" + written(key, ["", ""] if key.plural else [""], used[key]))
    return 0


def problems(used, catalogue):
    """Yield what is amiss in the parts, in words."""
    yield from catalogue.amiss
    yield from missing(used, catalogue)
    yield from unused(used, catalogue)
    yield from unlike(catalogue)
    yield from quoted_as_in_english(catalogue)


def uses():
    """Return {key: [files that say it]} of the whole source."""
    found = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            keys = keys_in_python(ast.parse(path.read_text(encoding="utf-8")))
        elif path.suffix in {".html", ".txt", ".svg"} and "templates" in path.parts:
            keys = keys_in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for key in keys:
            files = found.setdefault(key, [])
            name = str(path.relative_to(ROOT))
            if name not in files:
                files.append(name)
    return found


def keys_in_python(tree):
    """Yield the key of every call of a gettext function with the words written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (key := key_of_call(node)):
            yield key


def key_of_call(node):
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    name = name.removesuffix("_lazy").removesuffix("_noop")
    words = {"_": "gettext"}.get(name, name)
    if words not in {"gettext", "ngettext", "pgettext", "npgettext"}:
        return None
    texts = [part.value for part in node.args if isinstance(part, ast.Constant)]
    texts = [text for text in texts if isinstance(text, str)]
    context = texts.pop(0) if "p" in words and texts else ""
    wanted = 2 if words.startswith("n") else 1
    # `_(variable)` looks up words that stand, marked, somewhere else.
    return Key(*texts[:wanted], context=context) if len(texts) >= wanted else None


def keys_in_template(source):
    """Yield the keys of a template, which Django turns into something like Python for us."""
    told = templatize(source)
    for start in re.finditer(r"\b(?:n?p?gettext|_)\(", told):
        for end in re.finditer(r"\)", told[start.end() :]):
            try:
                call = ast.parse(told[start.start() : start.end() + end.end()].strip(), mode="eval")
            except SyntaxError:
                continue
            if key := key_of_call(call.body):
                yield key
            break


def joined():
    """Read the parts into one catalogue."""
    catalogue = Catalogue()
    for path in sorted(PARTS.glob("*.po")):
        for entry in read(path):
            before = catalogue.entries.get(entry.key)
            if before and before.swedish != entry.swedish:
                catalogue.amiss.append(
                    f"{path.name} and {before.part} say {entry.key.text!r} differently."
                )
            elif before and before.part == path.name:
                catalogue.amiss.append(f"{path.name} says {entry.key.text!r} twice.")
            if entry.fuzzy:
                catalogue.amiss.append(f"{path.name}: {entry.key.text!r} is marked fuzzy.")
            catalogue.entries[entry.key] = entry
    return catalogue


def read(path):
    """Yield the entries of a .po file."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        words, now, fuzzy = {}, "", False
        for line in map(str.strip, block.splitlines()):
            if line.startswith("#"):
                fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
            elif found := re.match(r'(msg\w+(?:\[\d\])?)\s+(".*")$', line):
                now = found[1]
                words[now] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                words[now] += ast.literal_eval(line)
            elif line:
                raise SystemExit(f"{path.name}: this line is no part of an entry: {line}")
        if words.get("msgid"):
            key = Key(words["msgid"], words.get("msgid_plural", ""), words.get("msgctxt", ""))
            swedish = [words[name] for name in sorted(words) if name.startswith("msgstr")]
            yield Entry(key, swedish, fuzzy, path.name)


def missing(used, catalogue):
    """Yield what is said in English and has no Swedish."""
    for key, files in used.items():
        entry = catalogue.entries.get(key)
        wanted = 2 if key.plural else 1
        if entry is None or len(entry.swedish) != wanted or not all(entry.swedish):
            yield f"{files[0]}: no Swedish for {key.text!r}."


def unused(used, catalogue):
    """Yield what has Swedish and is said nowhere."""
    for key, entry in catalogue.entries.items():
        if key not in used and entry.part != OF_LIBRARIES:
            yield f"{entry.part}: nothing says {key.text!r} any more."


def unlike(catalogue):
    """Yield the entries whose Swedish has other placeholders or tags than the English."""
    for key, entry in catalogue.entries.items():
        for form, swedish in enumerate(entry.swedish):
            english = key.plural if form and key.plural else key.text
            if not swedish:
                continue
            here, there = set(PLACEHOLDER.findall(swedish)), set(PLACEHOLDER.findall(english))
            # "One member" and "1 medlem" may each say the one with or without its figure.
            loose = COUNTS if key.plural and not form else set()
            if (here ^ there) - loose:
                yield f"{entry.part}: {key.text!r} has other placeholders in Swedish."
            if sorted(TAG.findall(swedish)) != sorted(TAG.findall(english)):
                yield f"{entry.part}: {key.text!r} has other tags in Swedish."


def quoted_as_in_english(catalogue):
    """Yield the entries whose Swedish holds a mark that opens quotations in English alone."""
    for key, entry in catalogue.entries.items():
        if any("“" in swedish for swedish in entry.swedish):
            yield f"{entry.part}: {key.text!r} has “ in Swedish, where both marks are ”."


def outdated(used, catalogue):
    """Yield the made files that are not what would be made now."""
    made = {"django.po": po(used, catalogue).encode(), "django.mo": mo(catalogue)}
    for name, content in made.items():
        path = CATALOGUE / name
        if not path.exists() or path.read_bytes() != content:
            yield f"{path.relative_to(ROOT)} is not what its parts make: run bin/messages."


def po(used, catalogue):
    """Return the whole catalogue as a .po file, sorted, each entry with the files that say it."""
    lines = "".join(f"{quoted(line)}\n" for line in HEADER.splitlines(keepends=True))
    head = f'# Made by bin/messages from locale/parts; write there.\nmsgid ""\nmsgstr ""\n{lines}'
    entries = [
        written(key, catalogue.entries[key].swedish, used.get(key, []))
        for key in sorted(catalogue.entries)
    ]
    return "\n".join([head, *entries])


def written(key, swedish, files):
    """Return one entry as it stands in a .po file."""
    lines = [f"#: {name}" for name in files]
    if key.context:
        lines.append(f"msgctxt {quoted(key.context)}")
    lines.append(f"msgid {quoted(key.text)}")
    if key.plural:
        lines.append(f"msgid_plural {quoted(key.plural)}")
        lines += [f"msgstr[{form}] {quoted(text)}" for form, text in enumerate(swedish)]
    else:
        lines.append(f"msgstr {quoted(swedish[0])}")
    return "\n".join(lines) + "\n"


def quoted(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def mo(catalogue):
    """Return the catalogue as the machine reads it (GNU .mo, little-endian, sorted)."""
    texts = {b"": HEADER.encode()}
    for key, entry in catalogue.entries.items():
        if all(entry.swedish):
            context = f"{key.context}\x04" if key.context else ""
            plural = f"\0{key.plural}" if key.plural else ""
            texts[f"{context}{key.text}{plural}".encode()] = "\0".join(entry.swedish).encode()
    pairs = sorted(texts.items())
    keys_at, values_at = 28, 28 + 8 * len(pairs)
    table, body = b"", b""
    at = 28 + 16 * len(pairs)
    for which in (0, 1):
        for pair in pairs:
            table += struct.pack("<II", len(pair[which]), at + len(body))
            body += pair[which] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), keys_at, values_at, 0, at)
    return head + table + body


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
