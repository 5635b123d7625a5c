"""What is wrong with a file, in words for whoever brought it."""

from django.utils.translation import gettext_lazy as _

from linli.intake.sheets.faults import Fault
from linli.kernel.errors import Invalid

_DAMAGED = _("The file is damaged or not finished. Save it once more and upload it again.")
_TEXT = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(most)s MB. Divide it, or save it as .xlsx."),
    "bomb": _(
        "The file would unpack to many times its size, which no real table does. It was not opened."
    ),
    "password": _("The workbook is protected by a password. Save it without one."),
    "damaged": _DAMAGED,
    "no_table": _("There is no table in this file."),
    "encoding": _("The characters can't be read. Save the file as .xlsx, or as CSV in UTF-8."),
    "too_many_cells": _(
        "The sheet reaches over more than %(most)s cells. Delete what lies far outside the table."
    ),
    "memory": _("The sheet is too large to be read in one piece. Divide it."),
    "broke": _("The file can't be read: it is too large or damaged. Divide it, or save it again."),
    "no_headings": _("No line was found that names the columns."),
    "no_rows": _("The table has headings but no rows."),
    "changed": _("The file no longer has the columns it was looked at with. Upload it again."),
    "pdf": _("This is a PDF, not a table. Ask for the table itself (.xlsx or .csv)."),
    "picture": _("This is a picture, not a table. Ask for the table itself (.xlsx or .csv)."),
    "document": _("This is a Word document. Copy its table into a workbook (.xlsx)."),
    "archive": _("This is an archive. Unpack it and upload the table in it."),
    "other": _(
        "This is no table. Workbooks (.xlsx, .xls, .ods) and text (.csv, .txt) can be read."
    ),
}


def refusal_of(fault: Fault) -> Invalid:
    """Return the fault as a refusal of the field ``file``."""
    reason = str(_TEXT.get(fault.code, _DAMAGED)) % fault.facts
    return Invalid(reason, {"file": reason})
