"""What every page's shell needs: who is here, and where they can go."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return ``actor``: the signed-in person with their roles, or None."""
    return {"actor": getattr(request, "actor", None)}
