"""In which encoding is a text written? Detectors guess badly on short Swedish texts."""

import codecs
import io
from collections import Counter

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "mac_roman", "cp850")
_WEIGHTS = dict.fromkeys("åäö", 3) | dict.fromkeys("ÅÄÖé", 2) | dict.fromkeys("Éüèáëøæ–’”", 1)
_ASCII = bytes(range(128))
# A few broken bytes in a long UTF-8 text (one cell pasted from elsewhere) do not make it another.
_STRAY = 50
# What å ä ö Å Ä Ö é become when UTF-8 was once read as Windows-1252 and saved again.
_DOUBLED = ("Ã¥", "Ã¤", "Ã¶", "Ã…", "Ã„", "Ã–", "Ã©")

TWICE = "utf-8 twice"


def detect(data):
    """Return the name of the encoding of some bytes, as Python knows it (or `TWICE`)."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    wide = _utf16_without_mark(data)
    if wide:
        return wide
    if _is_utf8(data):
        return TWICE if _is_doubled(data) else "utf-8"
    return _best_eight_bit(data)


def open_text(data, encoding):
    """Return the lines of some bytes, one at a time. Bad bytes never stop the reading."""
    known = "utf-8" if encoding == TWICE else encoding
    lines = io.TextIOWrapper(io.BytesIO(data), known, errors="krets.stray", newline="")
    return map(_once, lines) if encoding == TWICE else lines


def is_known(encoding):
    if encoding == TWICE:
        return True
    try:
        return codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001 -- no public way to ask
    except LookupError:
        return False


def _utf16_without_mark(data):
    """Western text in UTF-16 has a NUL in every other byte; nothing else does."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if half and even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _is_utf8(data):
    reader = codecs.getincrementaldecoder("utf-8")(errors="krets.count")
    _stray_seen.clear()
    letters = 0
    for at in range(0, len(data), 1024**2):
        text = reader.decode(data[at : at + 1024**2])
        letters += len(text) - len(text.encode("ascii", "ignore"))
        if len(_stray_seen) * _STRAY > letters + _STRAY * 8:
            return False
    reader.decode(b"", final=True)
    return not _stray_seen or len(_stray_seen) * _STRAY < letters


def _is_doubled(data):
    sample = data[: 1024**2].decode("utf-8", "ignore")
    doubled = sum(sample.count(pair) for pair in _DOUBLED)
    return doubled > sum(sample.count(letter) for letter in "åäöÅÄÖé")


def _once(line):
    try:
        return line.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return line


def _best_eight_bit(data):
    """Return the encoding giving most Swedish letters and fewest odd signs; a tie is Windows'."""
    high = Counter(data.translate(None, _ASCII))

    def goodness(encoding):
        return sum(times * _weight(byte, encoding) for byte, times in high.items())

    return max(_EIGHT_BIT, key=goodness)


def _weight(byte, encoding):
    sign = bytes([byte]).decode(encoding, "replace")
    if sign in _WEIGHTS:
        return _WEIGHTS[sign]
    return 0 if sign.isalpha() else -1


_stray_seen = []


def _stray(error):
    """Read a byte that does not belong as Windows would have."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace"), error.start + 1


def _count(error):
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _stray_seen.append(error.start)
    return "", error.start + 1


codecs.register_error("krets.stray", _stray)
codecs.register_error("krets.count", _count)
