"""The other routes that are told to the parties (Act art. 26)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linli.cases.choices import Destination
from linli.kernel.errors import Invalid
from linli.mediation.actions.step import article_hint


def check_routes(routes: Sequence[str]) -> list[str]:
    """Return the routes in the order of the list; raises :class:`Invalid` where none was told."""
    told = [route for route in Destination.values if route in routes]
    if not told:
        raise Invalid(
            _("The parties have to hear where else they can turn."),
            {"routes": _("Choose what you told them.") + " " + article_hint("26")},
        )
    return told
