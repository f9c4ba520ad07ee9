"""How styles and scripts reach the browser: joined, hashed, compressed, kept for a year."""

import tempfile
import threading
from pathlib import Path

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

import krets
from krets.kit.ui import joined

# One folder and one writer in a process. Styles and scripts are asked for at the same moment, and
# Django may make a finder for each: a folder of a finder's own went with it, files and all.
_OURS = Path(krets.__file__).parent
_writing = threading.RLock()
_folders = []


class JoiningFinder(AppDirectoriesFinder):
    """Finds the applications' files, with the small style and script files joined to one each.

    A stage's own scripts are found without their comments. Collecting and the development server
    ask the same finder, so what is tried is what is sent.
    """

    def list(self, ignore_patterns):
        for path, storage in super().list(ignore_patterns):
            if _is_stage_script(storage.path(path)):
                _write(path, _bared(storage.path(path)))
                yield path, _written()
            elif not joined.is_part(path):
                yield path, storage
        for path in (joined.STYLESHEET, joined.SCRIPT):
            _write(path, self._joined(path))
            yield path, _written()

    def find(self, path, find_all=False, **kwargs):  # noqa: FBT002 -- Django's signature
        if path in {joined.STYLESHEET, joined.SCRIPT}:
            found = _write(path, self._joined(path))
        else:
            found = super().find(path, **kwargs)
            if found and _is_stage_script(found):
                found = _write(path, _bared(found))
        return found if not find_all else [found] if found else []

    def _joined(self, path):
        parts = {
            part: storage.path(part) for part, storage in super().list([]) if joined.is_part(part)
        }
        if path == joined.STYLESHEET:
            names, join = joined.style_order(parts), joined.join_styles
        else:
            names, join = joined.script_order(parts), joined.join_scripts
        return join(joined.read((name, parts[name]) for name in names))


def _is_stage_script(file):
    file = Path(file)
    is_sent_alone = file.parent.name not in {"js", "vendor"}
    return file.suffix == ".js" and file.is_relative_to(_OURS) and is_sent_alone


def _bared(file):
    return joined.bare_script(Path(file).read_text(encoding="utf-8"))


def _write(path, text):
    """Write a file of ours unless it lies there already; return where."""
    with _writing:
        target = Path(_written().path(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
    return str(target)


def _written():
    """Return where the joined files lie as long as the process runs."""
    with _writing:
        if not _folders:
            _folders.append(tempfile.TemporaryDirectory(prefix="krets-static-"))
        return FileSystemStorage(location=_folders[0].name)


class JoinedStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; before anything is collected, the plain names."""

    manifest_strict = False

    def stored_name(self, name):
        # Tests and the development server serve from the sources: there is no manifest yet.
        return super().stored_name(name) if self.hashed_files else name
