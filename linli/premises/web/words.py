"""What happened to a place or a device, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linli.premises.choices import Happened
from linli.premises.models import Event

_LIGHTS = {
    Happened.HAZARD: "red",
    Happened.HAZARD_LEFT: "red",
    Happened.HAZARD_AGAIN: "red",
    Happened.FAULT: "red",
    Happened.OFFLINE: "yellow",
    Happened.HAZARD_MENDED: "yellow",
    Happened.HAZARD_CLOSED: "green",
    Happened.REPAIRED: "green",
    Happened.ONLINE: "green",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the history, as ``timeline.html`` shows it."""

    at: datetime
    title: str
    by: str
    text: str
    light: str


def line_of(event: Event) -> Line:
    """Return an event in words; devices are named where it is not their own page."""
    what = Happened(event.what)
    text = event.text
    if not text and event.device is not None:
        text = event.device.name
    title = str(what.label)
    by = event.by.name if event.by else _("Linli, by itself")
    return Line(event.at, title[:1].upper() + title[1:], by, text, _LIGHTS.get(what, ""))
