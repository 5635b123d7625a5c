"""Where the page of a thing is: rooms above name their pages in the settings."""

from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, reverse


def path_of(about_type: str, about_id: UUID | str) -> str:
    """Return the page's path; the notices themselves where the thing has no page."""
    view = settings.LINLI_NOTICE_PAGES.get(about_type, "notices:home")
    for arguments in ([about_id], []):
        try:
            return reverse(view, args=arguments)
        except NoReverseMatch:
            continue
    return reverse("notices:home")


def address_of(about_type: str, about_id: UUID | str) -> str:
    """Return the page's whole address, as a mail needs it."""
    return f"{settings.LINLI_ADDRESS}{path_of(about_type, about_id)}"
