"""The router of patrols."""

from ninja import Router

router = Router(tags=["patrol"])
