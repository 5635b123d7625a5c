"""Describe: what a committee knows of one of its members, for choosing; never a score."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date
from linli.mediation.actions.found import speciality_codes
from linli.mediation.models import Committee, Mediator
from linli.mediation.policy import may_describe
from linli.mediation.queries.seating import members

FIELDS = (
    "committee_id",
    "full_time",
    "certificate",
    "languages",
    "specialities",
    "most",
    "since",
    "until",
)
MOST_AT_ONCE, MOST_LANGUAGES, LONGEST_LANGUAGE, LONGEST_CERTIFICATE = 200, 10, 30, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class MediatorData:
    """What is known of a mediator; ``most`` is how many open mediations they take at once."""

    full_time: bool = False
    certificate: str = ""
    languages: tuple[str, ...] = ()
    specialities: tuple[str, ...] = ()
    most: int
    since: date
    until: date | None = None


@transaction.atomic
def describe_mediator(
    committee_id: UUID, user: UUID, data: MediatorData, *, actor: Actor, at: datetime
) -> Mediator:
    """Write down what is known of a member of the committee."""
    committee = Committee.objects.filter(pk=committee_id).select_related("unit").first()
    if committee is None:
        raise NotFound(_("There is no such committee here."))
    if not may_describe(actor, committee):
        raise NotPermitted(_("Only the director or an administrator of the area can do this."))
    if not members(committee.unit_id, local_date(at)).filter(pk=user).exists():
        raise NotFound(_("This person does not mediate in this committee."))
    _check(data)
    row = Mediator.objects.select_for_update().filter(pk=user).first() or Mediator(user_id=user)
    before = {name: getattr(row, name) for name in FIELDS}
    row.committee, row.full_time, row.certificate = (
        committee,
        data.full_time,
        data.certificate.strip(),
    )
    row.languages = [one.strip() for one in data.languages if one.strip()]
    row.specialities = sorted(data.specialities)
    row.most, row.since, row.until = data.most, data.since, data.until
    row.save()
    changed = [name for name in FIELDS if getattr(row, name) != before[name]]
    facts = {"user": str(user), "changed": changed}
    record("committee", committee.id, "committee.describe", actor=actor.user_id, at=at, facts=facts)
    return row


def _check(data: MediatorData) -> None:
    wrong: dict[str, str] = {}
    if not 0 <= data.most <= MOST_AT_ONCE:
        wrong["most"] = _("From 0 to %(most)d.") % {"most": MOST_AT_ONCE}
    if data.until is not None and data.until < data.since:
        wrong["until"] = _("It ends after it begins.")
    if len(data.certificate.strip()) > LONGEST_CERTIFICATE:
        wrong["certificate"] = _("At most %(most)d characters.") % {"most": LONGEST_CERTIFICATE}
    if len(data.languages) > MOST_LANGUAGES or any(
        len(one.strip()) > LONGEST_LANGUAGE for one in data.languages
    ):
        wrong["languages"] = _("At most ten languages, each a word or two.")
    if set(data.specialities) - speciality_codes():
        wrong["specialities"] = _("Choose from the list.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
