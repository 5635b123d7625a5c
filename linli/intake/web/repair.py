"""The refused rows as a workbook to repair: the same columns, and one that says what is wrong.

Its headings are the file's own, so that the same mapping reads it; the reasons' column is none we
know and is not used.
"""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from linli.intake.queries.imports import Refusal


def workbook(refused: Iterable[Refusal]) -> bytes:
    """Return the workbook. Every cell is text: nothing in it can become a formula or lose digits."""
    content = io.BytesIO()
    rows = list(refused)
    headings = list(dict.fromkeys(heading for row in rows for heading in row.cells))
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("To repair"))
        text = book.add_format({"num_format": "@"})
        red = book.add_format({"num_format": "@", "font_color": "#b42318", "text_wrap": True})
        sheet.set_column(0, 0, 44, red)
        sheet.set_column(1, max(1, len(headings)), 20, text)
        sheet.freeze_panes(1, 1)
        sheet.write_string(0, 0, _("What is wrong (row of the file)"), red)
        for column, heading in enumerate(headings, 1):
            sheet.write_string(0, column, heading, text)
        for line, row in enumerate(rows, 1):
            why = "\n".join(row.reasons)
            sheet.write_string(line, 0, f"{row.number}: {why}", red)
            for column, heading in enumerate(headings, 1):
                sheet.write_string(line, column, row.cells.get(heading, ""), text)
    return content.getvalue()
