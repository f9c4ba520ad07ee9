"""What kind of file is it? Answered from the contents; a name may say anything."""

import re
import struct
import zipfile

from krets.kit.tables.limits import Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    b"\x89PNG\r\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"8BPS",
)
_HTML = re.compile(rb"<(!doctype\s+html|html|table|head|body|meta)[\s>]", re.IGNORECASE)
_MOST_PARTS = 5_000
# The beginning of a workbook in Excel 97 and in Excel 95, and two kinds of records.
_GLOBALS_8 = bytes.fromhex("0908100000060500")
_GLOBALS_5 = bytes.fromhex("0908080000050500")
_LOCK, _SHEET_NAME = 0x2F, 0x85
_FIRST_RECORDS = 60


def kind_of(file):
    """Return "xlsx", "xlsb", "xls", "ods" or "text", or refuse what no table can be read from."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head:
        raise Refusal("empty")
    if head.startswith(b"PK"):
        return _kind_of_zip(file)
    if head.startswith(_OLE):
        return _kind_of_ole(file)
    _refuse_others(head)
    return "text"


def _refuse_others(head):
    if head.startswith(b"%PDF"):
        raise Refusal("pdf")
    if head.startswith(b"{\\rtf"):
        raise Refusal("word")
    if head.startswith(_PICTURES) or head[4:8] == b"ftyp" or head[8:12] == b"WEBP":
        raise Refusal("picture")
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!")):
        raise Refusal("archive")
    # UTF-16 pages are narrowed so that the same pattern finds them.
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:2048]
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refusal("xml_spreadsheet")
    if start.startswith(b"<"):
        raise Refusal("html" if _HTML.search(start) else "unknown_format")
    if start.startswith((b"{", b"BEGIN:VCARD", b"SQLite format 3")):
        raise Refusal("unknown_format")


def _kind_of_zip(file):
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS:
                raise Refusal("bomb")
            names = {part.filename for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise Refusal("encrypted")
            return _kind_of_package(package, names)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise Refusal("damaged") from error


def _kind_of_package(package, names):
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("word/") for name in names):
        raise Refusal("word")
    if "Index/Document.iwa" in names or "Index.zip" in names:
        raise Refusal("numbers")
    if "content.xml" in names:
        return _kind_of_open_document(package, names)
    raise Refusal("archive" if "[Content_Types].xml" not in names else "unknown_format")


def _kind_of_open_document(package, names):
    if "META-INF/manifest.xml" in names:
        with package.open("META-INF/manifest.xml") as part:
            if b"encryption-data" in part.read(1024**2):
                raise Refusal("encrypted")
    if "mimetype" in names:
        with package.open("mimetype") as part:
            if b"opendocument.text" in part.read(200):
                raise Refusal("word")
    return "ods"


def _kind_of_ole(file):
    """Tell old Excel from Word and from locked new files, by the names in the directory."""
    data = file.read()
    file.seek(0)
    if _utf16("EncryptedPackage") in data or _utf16("StrongEncryptionDataSpace") in data:
        raise Refusal("encrypted")
    if _utf16("Workbook") in data or _utf16("Book") in data:
        if _is_locked(data):
            raise Refusal("encrypted")
        return "xls"
    raise Refusal("word" if _utf16("WordDocument") in data else "damaged")


def _is_locked(data):
    """Walk the first records of old Excel: a locked one says so before it names its sheets."""
    at = max(data.find(_GLOBALS_8), data.find(_GLOBALS_5))
    for _ in range(_FIRST_RECORDS):
        if at < 0 or at + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, at)
        if kind in {_LOCK, _SHEET_NAME}:
            return kind == _LOCK
        at += 4 + length
    return False


def _utf16(name):
    return name.encode("utf-16-le")
