"""Swap: a member asks another to go in their place; the other agrees, the leader grants."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import Leave
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted, Text
from linli.patrol.actions.check_roster import broken_for
from linli.patrol.actions.tell_people import tell_answered, tell_asked, tell_leaders
from linli.patrol.choices import SwapState
from linli.patrol.lifecycle import SWAP_MOVES
from linli.patrol.models import Member, Seat, ShiftNeed, Swap
from linli.patrol.policy import leads_area, permit
from linli.patrol.words import rule_word


@transaction.atomic
def ask_swap(
    seat_id: UUID, *, other: UUID, takes: UUID | None = None, actor: Actor, at: datetime
) -> Swap:
    """Ask ``other`` to take the actor's place in a shift, for theirs in ``takes`` or for nothing.

    Raises :class:`IllegalMove` with the rule that it would break.
    """
    gives = _seat(seat_id, at)
    if gives.user_id != actor.user_id:
        raise NotPermitted(_("Only the place of one's own can be swapped."))
    back = _seat(takes, at) if takes else None
    member = Member.objects.filter(
        user=other, left_on=None, team__patrol_area=gives.shift.patrol_area_id
    ).first()
    wrong_back = back is not None and (
        back.user_id != other or back.shift.patrol_area_id != gives.shift.patrol_area_id
    )
    if member is None or other == actor.user_id or wrong_back:
        raise NotFound(_("There is no such member in this patrol area."))
    swap = Swap(
        patrol_area_id=gives.shift.patrol_area_id, gives=gives, takes=back,
        asker_id=gives.user_id, other_id=other, asked_at=at,
    )  # fmt: skip
    check_swap(swap)
    try:
        with transaction.atomic():
            swap.save(force_insert=True)
    except IntegrityError as clash:
        raise IllegalMove(_("A swap of this place is waiting already.")) from clash
    _record(swap, "ask", actor, at)
    tell_asked(swap, at=at)
    return swap


@transaction.atomic
def agree_swap(swap_id: UUID, *, actor: Actor, at: datetime) -> Swap:
    """The one who was asked agrees."""
    swap = _begin("agree", swap_id)
    if swap.other_id != actor.user_id:
        raise NotPermitted(_("Only the one who was asked can agree."))
    check_swap(swap)
    _settle(swap, "agree", actor, at)
    tell_leaders(swap, at=at)
    return swap


@transaction.atomic
def grant_swap(swap_id: UUID, *, actor: Actor, at: datetime) -> Swap:
    """The leader lets it happen, if every rule still holds."""
    swap = _begin("grant", swap_id)
    permit(leads_area(actor, swap.patrol_area))
    check_swap(swap)
    if swap.gives.shift.starts_at <= at or (swap.takes and swap.takes.shift.starts_at <= at):
        raise IllegalMove(_("The shift has begun."))
    pairs = [(swap.gives, swap.other_id)]
    pairs += [(swap.takes, swap.asker_id)] if swap.takes else []
    for seat, user in pairs:
        seat.user_id = user
        seat.save(update_fields=["user"])
    return _settle(swap, "grant", actor, at)


@transaction.atomic
def refuse_swap(swap_id: UUID, *, actor: Actor, at: datetime) -> Swap:
    """The one who was asked, or the leader, says no."""
    swap = _begin("refuse", swap_id)
    if swap.other_id != actor.user_id:
        permit(leads_area(actor, swap.patrol_area))
    return _settle(swap, "refuse", actor, at)


@transaction.atomic
def withdraw_swap(swap_id: UUID, *, actor: Actor, at: datetime) -> Swap:
    """The one who asked takes it back."""
    swap = _begin("withdraw", swap_id)
    if swap.asker_id != actor.user_id:
        raise NotPermitted(_("Only the one who asked can take it back."))
    return _settle(swap, "withdraw", actor, at)


def check_swap(swap: Swap) -> None:
    """Raise :class:`IllegalMove` with the first rule the swap would break, for either of the two."""
    pairs = [(swap.gives, swap.takes, swap.other_id)]
    pairs += [(swap.takes, swap.gives, swap.asker_id)] if swap.takes else []
    for seat, given, user in pairs:
        shift = seat.shift
        if Leave.objects.filter(user=user, starts__lte=shift.date, ends__gte=shift.date).exists():
            raise IllegalMove(_("Whoever would step in is on leave that day."))
        without = [given.id] if given else []
        broken = broken_for(user, shift.date, without=without, more=[(shift.date, shift.pattern)])
        if broken:
            raise IllegalMove(_rule(broken[0].rule))
        _check_skills(seat, user)


def _check_skills(seat: Seat, user: UUID) -> None:
    """No shift loses the last one who can what is asked of it."""
    shift = seat.shift
    needs = ShiftNeed.objects.filter(patrol_area=shift.patrol_area_id, pattern=shift.pattern_id)
    asked = {skill for need in needs for skill in need.skills}
    if not asked:
        return
    crew = set(Seat.objects.filter(shift=shift).values_list("user", flat=True))
    known = Member.objects.filter(user__in=crew | {user}, left_on=None)
    skills = {member.user_id: set(member.skills) & asked for member in known}
    lost = skills.get(seat.user_id, set()) - skills.get(user, set())
    for other in crew - {seat.user_id}:
        lost -= skills.get(other, set())
    if lost:
        raise IllegalMove(
            _("The shift would lose somebody with a skill it needs."), _("Ask somebody who has it.")
        )


def _rule(rule: str) -> Text:
    return _("This would break a rule: %(rule)s.") % {"rule": rule_word(rule)}


def _seat(seat_id: UUID, at: datetime) -> Seat:
    found = (
        Seat.objects.select_related("shift__pattern", "shift__patrol_area")
        .filter(pk=seat_id, shift__published=True)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such place in a shift here."))
    if found.shift.starts_at <= at:
        raise IllegalMove(_("The shift has begun."))
    return found


def _begin(verb: str, swap_id: UUID) -> Swap:
    found = (
        Swap.objects.select_for_update(of=("self",))
        .select_related("patrol_area", "gives__shift__pattern", "takes__shift__pattern")
        .filter(pk=swap_id)
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such swap here."))
    if found.state not in SWAP_MOVES[verb][0]:
        raise IllegalMove(_("This swap is “%(state)s”.") % {"state": SwapState(found.state).label})
    return found


def _settle(swap: Swap, verb: str, actor: Actor, at: datetime) -> Swap:
    swap.state = SWAP_MOVES[verb][1]
    swap.settled_at, swap.settled_by_id = at, actor.user_id
    swap.save(update_fields=["state", "settled_at", "settled_by"])
    _record(swap, verb, actor, at)
    tell_answered(swap, by=actor.user_id, at=at)
    return swap


def _record(swap: Swap, verb: str, actor: Actor, at: datetime) -> None:
    facts = {"shift": str(swap.gives.shift_id)}
    record("patrol_swap", swap.id, f"patrol.swap_{verb}", actor=actor.user_id, at=at, facts=facts)
