"""What exactly was found at a look, in words for the page of the camera."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DETAILS: Mapping[str, str | Promise] = {
    "": "",
    "no_answer": _("Nothing answers at its address."),
    "refused": _("Its address refuses the connection."),
    "unknown_name": _("Its name is not known to the network."),
    "forbidden": _("Its address lies outside the networks that the city allows."),
    "slow": _("It answered too slowly; the look was given up."),
    "wrong_password": _("It refuses the user or the password."),
    "not_found": _("It knows no such stream."),
    "other_answer": _("Something else than a camera answers."),
    "no_video": _("It sends no video."),
    "encrypted": _("Its video is encrypted and can't be looked at."),
    "hung": _("Reading its video took too long and was stopped."),
    "dark": _("The picture is black."),
    "still": _("The picture has not moved since the last look."),
    "soft": _("The picture is blurred or covered."),
    "clock": _("Its clock is wrong."),
    "no_tool": _("The program that reads video is missing on the server."),
    "failed": _("The look failed; the log of the server says why."),
}


def said(detail: str, note: str = "") -> str:
    """Return a finding as a sentence, with what the other side said."""
    sentence = str(DETAILS.get(detail, detail))
    return f"{sentence}（{note}）" if note and sentence else sentence or note
