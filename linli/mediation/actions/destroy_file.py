"""Destroy: a file whose term has ended is destroyed by two people, and that is written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.models import Attachment
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.kernel.working_days import local_date
from linli.mediation.actions.step import held
from linli.mediation.models import (
    Agreement,
    AgreementClause,
    Archive,
    Confirmation,
    FollowUp,
    Mediation,
    Note,
    Obligation,
    Paper,
    RecordVersion,
    Session,
)
from linli.mediation.policy import may_destroy


@transaction.atomic
def destroy_file(mediation_id: UUID, *, actor: Actor, at: datetime) -> Archive:
    """Propose the destruction, or, as a second person, carry it out.

    What goes are the file, its scans and every text; what stays are states, days, amounts and types,
    so that no figure changes, and the record of who destroyed it and when.
    """
    mediation = held(mediation_id, actor)
    if not may_destroy(actor, mediation):
        raise NotPermitted(_("Only the director of the committee's centre can do this."))
    archive = Archive.objects.select_for_update().filter(mediation=mediation).first()
    if archive is None:
        raise NotFound(_("This file is not in the archive."))
    if archive.destroyed_at is not None:
        raise IllegalMove(_("This file was destroyed."))
    if archive.keep_until is None or archive.keep_until >= local_date(at):
        raise IllegalMove(_("Its term has not ended yet."))
    if archive.destroyed_by_id is None:
        archive.destroyed_by_id = actor.user_id
        _save(archive, "propose_destruction", actor, at)
        return archive
    if archive.destroyed_by_id == actor.user_id:
        raise IllegalMove(_("A second person has to see to it."))
    archive.witnessed_by_id, archive.destroyed_at = actor.user_id, at
    _erase(mediation, archive, at)
    _save(archive, "destroy", actor, at)
    return archive


def _save(archive: Archive, verb: str, actor: Actor, at: datetime) -> None:
    archive.save(update_fields=["destroyed_by", "witnessed_by", "destroyed_at", "title"])
    mediation = archive.mediation
    record(
        "mediation", mediation.id, f"mediation.{verb}", actor=actor.user_id, at=at,
        facts={"case": str(mediation.case_id), "number": mediation.number, "sha256": archive.sha256},
    )  # fmt: skip


def _erase(mediation: Mediation, archive: Archive, at: datetime) -> None:
    of_it = Q(mediation=mediation)
    papers = Paper.objects.filter(of_it).values("attachment")
    files = Q(pk__in=papers) | Q(pk=archive.attachment_id)
    Attachment.objects.filter(files, removed_at=None).update(removed_at=at)
    Paper.objects.filter(of_it, removed_at=None).update(removed_at=at, title="")
    Session.objects.filter(of_it).update(record="", joint_statement="")
    RecordVersion.objects.filter(of_it).delete()
    Note.objects.filter(of_it).delete()
    FollowUp.objects.filter(of_it).update(text="")
    Agreement.objects.filter(of_it).update(facts="", claims="", manner="")
    AgreementClause.objects.filter(of_it).update(text="")
    Obligation.objects.filter(of_it).update(text="")
    Confirmation.objects.filter(of_it).update(reason_text="")
    Mediation.objects.filter(pk=mediation.pk).update(brief="", request="")
    archive.title = ""
