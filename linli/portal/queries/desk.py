"""What the staff see of residents: the conversation of a case, and what waits for them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.scope import in_areas
from linli.cases.models import Case
from linli.cases.policy import DESK
from linli.portal.lifecycle import WAITING
from linli.portal.models import Message, Photo, Publication, Reopening, Report, Side

ROWS = 20
A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as the staff read it."""

    message: Message
    by: str
    photos: int


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation of a case, the resident's open wish, and the case's publication."""

    report: Report
    letters: list[Letter]
    wish: Reopening | None
    publication: Publication | None
    unseen: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of residents waits for an actor."""

    wishes: list[Reopening]
    unread: list[tuple[UUID, str, str, int, datetime]]
    reviews: int

    def __bool__(self) -> bool:
        return bool(self.wishes or self.unread or self.reviews)


def talk(case: Case) -> Talk | None:
    """Return the conversation of a case that came from a resident; None for any other."""
    report = Report.objects.filter(case=case).first()
    if report is None:
        return None
    photos = dict(Photo.objects.filter(report=report).values_list("message").annotate(Count("id")))
    messages = list(Message.objects.filter(report=report).select_related("by").order_by("id"))
    return Talk(
        report=report,
        letters=[Letter(m, m.by.name if m.by else "", photos.get(m.pk, 0)) for m in messages],
        wish=Reopening.objects.filter(report=report, decided_at=None).first(),
        publication=Publication.objects.filter(report=report).defer("photo").first(),
        unseen=sum(m.side == Side.RESIDENT and m.seen_at is None for m in messages),
    )


def waiting(actor: Actor) -> Waiting:
    """Return wishes to decide on, cases with unread words of residents, and how many reviews."""
    mine = Q(holder__in=actor.units)
    reach = mine | in_areas(actor, "area_id") if actor.holds(*DESK) else mine
    return Waiting(
        wishes=list(_wishes(actor, reach)),
        unread=_unread(mine),
        reviews=reviews(actor).count() if actor.holds(*DESK) else 0,
    )


def _wishes(actor: Actor, reach: Q) -> list[Reopening]:
    if not actor.holds(*DESK):
        return []
    cases = Case.objects.filter(reach)
    open_ones = Reopening.objects.filter(decided_at=None, case__in=cases)
    return list(open_ones.select_related("case__holder").order_by("due_on", "id")[:ROWS])


def _unread(mine: Q) -> list[tuple[UUID, str, str, int, datetime]]:
    unseen = Message.objects.filter(side=Side.RESIDENT, seen_at=None).exclude(word="report")
    rows = (
        unseen.filter(case__in=Case.objects.filter(mine))
        .values("case_id", "case__number", "case__title")
        .annotate(count=Count("id"), latest=Max("at"))
        .order_by("-latest")[:ROWS]
    )
    return [
        (row["case_id"], row["case__number"], row["case__title"], row["count"], row["latest"])
        for row in rows
    ]


def reviews(actor: Actor) -> QuerySet[Publication]:
    """Return the publications that wait for a desk that covers their cases."""
    cases = Case.objects.filter(in_areas(actor, "area_id") | Q(holder__in=actor.units))
    waits = Publication.objects.filter(state=WAITING, case__in=cases)
    return waits.defer("photo").select_related("case__area", "case__holder").order_by("asked_at")


def is_late(wish: Reopening, today: date) -> bool:
    """Say whether a wish should have been decided on."""
    return wish.due_on < today
