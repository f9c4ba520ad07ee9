"""Small files of every kind, made here so that the repository holds none."""

import io
import struct
import zipfile

import xlsxwriter

HEADINGS = ["Förnamn", "Efternamn", "E-post", "Född"]
PEOPLE = [
    ["Åsa", "Öberg", "asa@example.se", "1991-03-05"],
    ["Björn", "Ek", "bjorn@example.se", "1984-12-24"],
    ["Amina", "Yusuf", "amina@example.se", "2001-06-06"],
]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


def text(rows=None, *, delimiter=";", end="\r\n"):
    rows = [HEADINGS, *PEOPLE] if rows is None else rows
    return "".join(delimiter.join(row) + end for row in rows)


def xlsx(sheets, *, merges=()):
    """Return a workbook of {sheet: rows}; merges are (sheet, "A1:B1", value)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if hasattr(value, "year"):
                        sheet.write_datetime(number, column, value, day)
                    elif value is not None:
                        sheet.write(number, column, value)
            for where, span, value in merges:
                if where == name:
                    sheet.merge_range(span, value)
    return out.getvalue()


def packed(parts, like=b""):
    """Return a zip with parts {name: bytes}, over those of another zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        if like:
            with zipfile.ZipFile(io.BytesIO(like)) as source:
                for name in source.namelist():
                    if name not in parts:
                        target.writestr(name, source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def ods(rows, *, before_table="", manifest=""):
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before_table}<office:document-content {spaces}>'
        '<office:body><office:spreadsheet><table:table table:name="Blad1">'
        f"{body}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
            "content.xml": content.encode(),
        }
    )


def xls(rows, *, first=b""):
    """Return an old Excel file (BIFF8 in an OLE container) with one sheet of texts and numbers."""
    bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    sheet_bof = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    name = b"Blad1"
    bound_size = 4 + 8 + len(name)
    at = len(bof) + len(first) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name)
    cells = b"".join(
        _cell(number, column, value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
    )
    end = _record(0x000A, b"")
    return ole({"Workbook": bof + first + bound + end + sheet_bof + cells + end})


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def _cell(number, column, value):
    where = struct.pack("<HHH", number, column, 0)
    if isinstance(value, int | float):
        return _record(0x0203, where + struct.pack("<d", value))
    letters = value.encode("utf-16-le")
    return _record(0x0204, where + struct.pack("<HB", len(value), 1) + letters)


def ole(streams):
    """Return an OLE container; streams are padded so that none is kept in the small sectors."""
    sectors, chains, entries = [], [], []
    for name, data in streams.items():
        padded = data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        count = len(padded) // _SECTOR
        start = len(chains)
        chains += [*range(start + 1, start + count), _END]
        sectors += [padded[i : i + _SECTOR] for i in range(0, len(padded), _SECTOR)]
        entries.append(_entry(name, 2, start, len(padded)))
    directory_at = len(chains)
    child = 1 if entries else _FREE
    directory = _entry("Root Entry", 5, _END, 0, child) + b"".join(entries)
    directory = directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0")
    count = len(directory) // _SECTOR
    chains += [*range(directory_at + 1, directory_at + count), _END]
    sectors += [directory[i : i + _SECTOR] for i in range(0, len(directory), _SECTOR)]
    fat_at = len(chains)
    chains.append(_FAT)
    fat = struct.pack("<128I", *(chains + [_FREE] * (128 - len(chains))))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", fat_at, *[_FREE] * 108)
    return header + b"".join(sectors) + fat


def _entry(name, kind, start, size, child=_FREE):
    letters = name.encode("utf-16-le") + b"\0\0"
    return (
        letters.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(letters), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
