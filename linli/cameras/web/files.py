"""Sending kept files: photos open in the browser, everything else is handed to the computer."""

from django.http import FileResponse
from django.utils.translation import gettext as _

from linli.cases.files import PHOTOS, path_of
from linli.kernel.errors import NotFound


def sent(sha256: str, name: str, content_type: str) -> FileResponse:
    """Send a file's bytes; whoever calls has found that the person may have them."""
    try:
        content = path_of(sha256).open("rb")
    except FileNotFoundError:
        raise NotFound(_("The file is missing on disk. Tell your administrator.")) from None
    response = FileResponse(
        content, as_attachment=content_type not in PHOTOS, filename=name, content_type=content_type
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
