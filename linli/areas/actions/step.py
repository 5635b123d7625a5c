"""The first part of every verb: lock what is there, and ask whether the actor may."""

from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Area, Unit
from linli.areas.policy import may_look, permit
from linli.kernel.errors import Invalid, NotFound


def begin_area(code: str, actor: Actor) -> Area:
    """Return an area that still exists, locked; refuse whoever does not administer it."""
    # Cases that are being registered here only need the key to stay: they don't wait.
    found = Area.objects.select_for_update(no_key=True).filter(pk=code, abolished_on=None).first()
    if found is None or not may_look(actor, code):
        raise NotFound(_("There is no such area here."))
    permit(actor, code)
    return found


def begin_unit(unit_id: UUID, actor: Actor) -> Unit:
    """Return an open unit, locked; refuse whoever does not administer its area."""
    found = (
        Unit.objects.select_for_update(of=("self",), no_key=True)
        .select_related("area")
        .filter(pk=unit_id, closed_on=None)
        .first()
    )
    if found is None or not may_look(actor, found.area_id):
        raise NotFound(_("There is no such unit here, or it was closed."))
    permit(actor, found.area_id)
    return found


def named(name: str, most: int) -> str:
    """Return a name without outer blanks; raise :class:`Invalid` where it is empty or too long."""
    name = name.strip()
    if not name or len(name) > most:
        reason = _("A name has 1 to %(most)d characters.") % {"most": most}
        raise Invalid(reason, {"name": reason})
    return name
