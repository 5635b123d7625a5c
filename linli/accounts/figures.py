"""Who may read which figures; counts only, so every role reads those of its area.

The database repeats it: ``insight_areas()`` and ``mediation_areas()`` in the migrations.
"""

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotPermitted


def areas_of(actor: Actor) -> tuple[str, ...]:
    """Return the codes of the areas whose figures the actor reads; none contains another.

    Every role counts, also those that may open no case: figures are numbers. Inside the system
    they are plain, however small; only what is published must not count fewer than five.
    """
    kept: list[str] = []
    for code in sorted({role.area for role in actor.roles}):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return tuple(kept)


def may_read(actor: Actor, area: str) -> bool:
    """Say whether the actor reads the figures of ``area``."""
    return actor.is_system or any(area.startswith(code) for code in areas_of(actor))


def permit(actor: Actor, area: str) -> None:
    """Raise :class:`NotPermitted` unless the actor reads the figures of ``area``."""
    if not may_read(actor, area):
        raise NotPermitted(
            _("You can read the figures of your own area and of the areas in it."),
            _("Choose an area within your own."),
        )
