"""Agreements: their clauses, what is owed under them, what was paid, and who signed. Money in yuan."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Attachment
from linli.kernel.ids import new_id
from linli.mediation.choices import (
    AgreementState,
    BreachStep,
    Form,
    ObligationKind,
    SignatureManner,
)
from linli.mediation.models.mediation import Mediation
from linli.mediation.models.parties import Participant


class Agreement(models.Model):
    """One text of an agreement, with the fields of art. 29. An amendment is a text of its own.

    An oral agreement takes effect when it is reached; a written one on the day the last party has
    signed, sealed or pressed a finger, the mediator has signed and the seal is set.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="agreements")
    turn = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    form = models.CharField(_("form of the agreement"), max_length=7, choices=Form)
    facts = models.TextField(_("main facts"), blank=True)
    claims = models.TextField(_("claims and responsibilities"), blank=True)
    manner = models.TextField(_("manner, place and term of performance"), blank=True)
    reached_on = models.DateField(_("reached on"))
    sealed_on = models.DateField(_("seal set on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect since"), null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    scan = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agreement")
        constraints = [
            models.UniqueConstraint(fields=["mediation", "turn"], name="agreement_turn_once"),
            models.UniqueConstraint(
                fields=["mediation"], condition=Q(state="effective"), name="agreement_one_effective"
            ),
            models.UniqueConstraint(
                fields=["mediation"], condition=Q(state="draft"), name="agreement_one_draft"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["effective", "superseded"]) | Q(effective_on__isnull=False),
                name="agreement_effect_has_day",
            ),
        ]


class Clause(models.Model):
    """A clause of the city's library. ``text`` names its fields in braces: {amount}, {due_on}…"""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("title"), max_length=60)
    text = models.TextField(_("text"))
    # Codes of the categories it is offered for; none: for all.
    categories = ArrayField(
        models.CharField(max_length=30), verbose_name=_("for the types"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        verbose_name = _("clause")
        ordering = ["position", "title"]


class AgreementClause(models.Model):
    """A clause as it stands in an agreement; what it says of money and days is an obligation."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"))
    source = models.ForeignKey(Clause, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "position"],
                name="agreement_clause_place",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class Obligation(models.Model):
    """One thing owed under an agreement: an instalment or an act, by a day.

    What is open of a payment is ``amount`` less the sum of its payments. An agreement that is
    replaced ends its open obligations (``ended_on``); those of the new text go on.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="obligations")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=3, choices=ObligationKind)
    debtor = models.ForeignKey(Participant, models.PROTECT, related_name="owes")
    creditor = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="is_owed"
    )
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    text = models.CharField(_("what is to be done"), max_length=300, blank=True)
    due_on = models.DateField(_("due"))
    settled_on = models.DateField(_("settled on"), null=True)
    ended_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    breach_step = models.CharField(max_length=8, choices=BreachStep, blank=True)

    class Meta:
        verbose_name = _("obligation")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="obligation_place"),
            models.CheckConstraint(
                condition=Q(kind="pay", amount__gt=0) | Q(kind="act", amount=None),
                name="obligation_amount_of_payments",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "mediation"],
                condition=Q(settled_on=None, ended_on=None),
                name="obligation_open_due",
            )
        ]


class Payment(models.Model):
    """Money that was paid, or an act that was done. Never changed; a mistake is taken back by a row
    with the amount reversed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="payments")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    paid_on = models.DateField(_("on"))
    receipt = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("payment")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None)
                | Q(amount__gt=0, reverses=None)
                | Q(amount__lt=0, reverses__isnull=False),
                name="payment_sign",
            )
        ]
        indexes = [models.Index(fields=["paid_on"], name="payment_day")]


class Signature(models.Model):
    """Somebody put their name to an agreement on a day: a party, an agent with a special mandate, or
    the mediator (``user``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    # By whom, where an agent or a guardian signed for the party.
    through = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    manner = models.CharField(_("how"), max_length=11, choices=SignatureManner)
    signed_on = models.DateField(_("signed on"))

    class Meta:
        verbose_name = _("signature")
        constraints = [
            models.CheckConstraint(
                condition=Q(participant=None, user__isnull=False)
                | Q(participant__isnull=False, user=None),
                name="signature_of_one",
            ),
            models.UniqueConstraint(
                fields=["agreement", "participant"], name="signature_of_party_once"
            ),
            models.UniqueConstraint(fields=["agreement", "user"], name="signature_of_user_once"),
        ]
