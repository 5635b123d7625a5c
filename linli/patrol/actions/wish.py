"""Wish: a member would rather be off on a day; and takes it back."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.patrol.models import Member, Shift, Wish

FURTHEST = timedelta(days=92)
# So many days in a month: who may wish for everything wishes for nothing.
MOST = 6


@transaction.atomic
def wish_off(day: date, *, actor: Actor, at: datetime) -> Wish:
    """Write down that the actor would rather be off on ``day``; asking twice is asking once."""
    member = membership(actor)
    today = timezone.localdate(at)
    if not today < day <= today + FURTHEST:
        reason = _("Choose a day from tomorrow on, within three months.")
        raise Invalid(reason, {"date": reason})
    rostered = Shift.objects.filter(team=member.team_id, date=day, published=True)
    if rostered.exists():
        raise IllegalMove(
            _("The roster of that day is published."), _("Ask somebody to swap with you.")
        )
    month = Wish.objects.filter(user=actor.user_id, date__year=day.year, date__month=day.month)
    if month.exclude(date=day).count() >= MOST:
        raise IllegalMove(_("%(most)d days a month can be wished for.") % {"most": MOST})
    wish, fresh = Wish.objects.get_or_create(
        user_id=member.user_id, date=day, defaults={"team_id": member.team_id, "asked_at": at}
    )
    if fresh:
        facts = {"date": day}
        record("patrol_wish", wish.id, "patrol.wish", actor=actor.user_id, at=at, facts=facts)
    return wish


@transaction.atomic
def take_wish_back(day: date, *, actor: Actor, at: datetime) -> None:
    """Forget a wish of the actor's that has not been decided on."""
    wish = Wish.objects.filter(user=actor.user_id, date=day, met=None).first()
    if wish is None:
        raise IllegalMove(_("There is no open wish for that day."))
    key = wish.id
    wish.delete()
    record("patrol_wish", key, "patrol.wish_back", actor=actor.user_id, at=at, facts={"date": day})


def membership(actor: Actor) -> Member:
    """Return the actor's place in a team; refuse whoever has none."""
    found = (
        Member.objects.select_related("team__patrol_area")
        .filter(user=actor.user_id, left_on=None)
        .first()
    )
    if found is None or not actor.works_in(found.team.unit_id):
        raise NotPermitted(
            _("You are in no patrol team."), _("Ask the leader of your patrol area.")
        )
    return found
