"""What is said when a file cannot be read: what happened, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from krets.kit.errors import CannotError

MESSAGES = {
    "empty": _(
        "The file is empty. Download the list again from the register and check that it has rows."
    ),
    "only_header": _(
        "The file has headings but no rows under them. Download the list again, with the"
        " members in it."
    ),
    "no_header": _(
        "We found no row with headings. Tell us which row they are in, or that there are none."
    ),
    "no_such_sheet": _("The file has no sheet of that name. Choose one of those it has."),
    "not_there": _("The file is no longer there. Choose it again."),
    "unknown_encoding": _("We do not know that encoding. Choose one from the list."),
    "unknown_format": _(
        "This is not a table we can read. Save the list as Excel (.xlsx) or CSV and choose that "
        "file."
    ),
    "encrypted": _(
        "The file is locked with a password. Open it, remove the password, save it and choose"
        " it again."
    ),
    "damaged": _(
        "The file is damaged or was cut off on the way. Download it again; if that does not"
        " help, open it in Excel or LibreOffice and save it again as .xlsx."
    ),
    "unsafe": _(
        "The file has instructions in it which no spreadsheet program writes, so we did not"
        " open it. Open it in Excel or LibreOffice and save it again as .xlsx."
    ),
    "bomb": _(
        "The file would unfold to something far larger than a list of members, so we did not open "
        "it. Save only the list as CSV and choose that file."
    ),
    "too_large": _(
        "The file is larger than %(limit)s MB. Save only the sheet with the members, without "
        "pictures, or divide it into several files."
    ),
    "too_many_rows": _(
        "The file has more than %(limit)s rows. Divide it into several files and import them"
        " one by one."
    ),
    "too_many_cells": _(
        "The file has more than %(limit)s filled cells. Remove columns that are not needed, or"
        " divide it into several files."
    ),
    "too_much_memory": _(
        "The file needs more memory than we allow for one file. Often a cell far down or far to "
        "the right is filled by mistake. Copy the list to a new sheet, or save it as CSV."
    ),
    "too_slow": _(
        "Reading the file took more than %(limit)s seconds, so we stopped. Save it as CSV or "
        "divide it into several files."
    ),
    "picture": _(
        "This is a picture, not a table. Ask for the list itself as Excel (.xlsx) or CSV."
    ),
    "pdf": _(
        "This is a PDF, which is made to be read by people. Ask for the list as Excel (.xlsx) or "
        "CSV."
    ),
    "word": _(
        "This is a text document. Copy the table into Excel or LibreOffice and save it as .xlsx."
    ),
    "html": _(
        "This is a web page with the name of a table. Open it in Excel or LibreOffice, choose "
        "Save as and the kind .xlsx, and choose that file."
    ),
    "xml_spreadsheet": _(
        "This is an older kind of Excel file (XML). Open it in Excel, choose Save as and the kind "
        ".xlsx, and choose that file."
    ),
    "numbers": _(
        "This is a file from Numbers. In Numbers, choose Export to and Excel, and choose that file."
    ),
    "archive": _("This is a packed file. Unpack it and choose the list inside."),
}


class UnreadableFileError(CannotError):
    """A file no table could be read from. `code` is a key of MESSAGES."""

    def __init__(self, code, **detail):
        self.code = code if code in MESSAGES else "damaged"
        self.detail = detail
        super().__init__(self.code)

    @property
    def message(self):
        figures = {"limit": f"{self.detail.get('limit', 0):,}".replace(",", " ")}
        return MESSAGES[self.code] % figures

    def __str__(self):
        return str(self.message)
