"""Many small style and script files in the source, one of each on the wire."""

import posixpath
import re
from pathlib import Path

STYLESHEET = "ui/krets.css"
SCRIPT = "ui/krets.js"
SCRIPTS_VENDORED = ("ui/vendor/htmx.min.js",)

STYLE_FOLDER = "ui/css/"
SCRIPT_FOLDER = "ui/js/"
_FIRST = ("tokens.css", "reset.css", "base.css", "layout.css")
_LAST = ("utilities.css", "print.css")
_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
_LOOSE = re.compile(r" ?([{};,]) ?|(:) ")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ADDRESS = re.compile(r"""url\((["']?)(?!data:|/|https?:|#)([^)"']+)\1\)""")


def is_part(path):
    """Say whether the file is joined into another and so never sent by itself."""
    path = path.replace("\\", "/")
    return path.startswith((STYLE_FOLDER, SCRIPT_FOLDER)) or bool(_stage_style(path))


def style_order(paths):
    """Return the style files in the order they are joined: ours, then each stage's own."""
    ours = sorted(path for path in paths if path.startswith(STYLE_FOLDER))
    first = [STYLE_FOLDER + name for name in _FIRST]
    last = [STYLE_FOLDER + name for name in _LAST]
    between = [path for path in ours if path not in {*first, *last}]
    stages = sorted(path for path in paths if _stage_style(path))
    return [path for path in (*first, *between, *stages, *last) if path in set(paths)]


def script_order(paths):
    """Return the script files in the order they are joined."""
    return sorted(path for path in paths if path.startswith(SCRIPT_FOLDER) and path.endswith(".js"))


def join_styles(files):
    """Return one stylesheet of the (path, text) pairs; addresses still lead to their files."""
    return "\n".join(_slim(_moved(path, text)) for path, text in files) + "\n"


def join_scripts(files):
    """Return one module of the (path, text) pairs, each in a scope of its own."""
    return "\n".join(f"{{\n{bare_script(text)}\n}}" for _path, text in files) + "\n"


def bare_script(text):
    """Return a script without its comments and indents."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _stage_style(path):
    # A stage may add one file: welcome/welcome.css.
    folder, _, name = path.partition("/")
    return name == f"{folder}.css" and folder != "ui"


def _moved(path, text):
    def address(found):
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[2]))
        return f'url("{posixpath.relpath(whole, posixpath.dirname(STYLESHEET))}")'

    return _ADDRESS.sub(address, text)


def _slim(text):
    """Return styles without comments, indents and the spaces that only people read."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(_tight(line) for line in lines if line)


def _tight(line):
    parts = _QUOTED.split(line)
    parts[::2] = [_LOOSE.sub(r"\1\2", part) for part in parts[::2]]
    return "".join(parts).replace(";}", "}")


def read(paths):
    """Return (path, text) pairs of (path, file) pairs."""
    return [(path, Path(file).read_text(encoding="utf-8")) for path, file in paths]
