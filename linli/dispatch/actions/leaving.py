"""No incident ends over units that are still out to it."""

from django.utils.translation import gettext as _

from linli.dispatch.models import Assignment, Incident
from linli.kernel.errors import IllegalMove


def nobody_out(incident: Incident) -> None:
    """Raise :class:`IllegalMove`, naming the units, while any is out to the incident."""
    out = Assignment.objects.filter(incident=incident, ended_at=None)
    names = list(out.order_by("assigned_at", "id").values_list("unit__name", flat=True))
    if names:
        raise IllegalMove(
            _("Still out: %(units)s.") % {"units": "、".join(names)},
            _("Wait until they are done, or recall them."),
        )
