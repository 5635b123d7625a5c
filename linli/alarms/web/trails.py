"""The way back from a page of setting alarms up: links to the pages above it."""

from django.urls import reverse
from django.utils.translation import gettext as _


def to_desks() -> list[tuple[str, str]]:
    """Return the way back to where alarms ring."""
    return [(reverse("alarms:desks"), _("Where alarms ring"))]
