"""What every page's shell needs: who is here, where they can go, and how it should look."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from linli.accounts.models import RoleKind
from linli.roads.queries import base_map
from linli.site.navigation import TABS, links

THEMES = ("light", "dark")


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``actor`` (the signed-in person, or None), ``role_names``, ``navigation``, ``theme``.

    ``base_map`` is what maps need to show streets, or None.
    ``stream`` is where the event stream is: a path, or a port of this host. ``bottom_tabs`` and
    ``bottom_more`` are the same entries divided for the phone's bar.
    """
    actor = getattr(request, "actor", None)
    theme = request.COOKIES.get("linli_theme", "")
    roles = actor.roles if actor else ()
    navigation = links(actor, request.path) if actor and actor.user_id else []
    return {
        "actor": actor,
        "role_names": list(dict.fromkeys(RoleKind(role.kind).label for role in roles)),
        "navigation": navigation,
        "bottom_tabs": navigation[:TABS],
        "bottom_more": navigation[TABS:],
        "base_map": base_map(),
        "stream": settings.STREAM_PATH or f":{settings.STREAM_PORT}/stream/",
        "theme": theme if theme in THEMES else "",
    }
