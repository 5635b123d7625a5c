"""Who takes part in a mediation. Everything personal is sealed on the case's party."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Attachment, Party
from linli.kernel.ids import new_id
from linli.mediation.choices import MandateKind, Part, Side
from linli.mediation.models.mediation import Mediation


class Participant(models.Model):
    """One part a person or organisation has; somebody with two parts has two rows.

    ``stands_for`` is how many persons a representative speaks for, the representative included.
    ``consented_on`` is when a party agreed to be mediated; either may refuse at any time.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="participants")
    party = models.ForeignKey(Party, models.PROTECT, related_name="parts")
    part = models.CharField(_("part"), max_length=14, choices=Part)
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)
    minor = models.BooleanField(_("minor, or not of full capacity"), default=False)
    stands_for = models.PositiveIntegerField(_("persons spoken for"), default=1)
    consented_on = models.DateField(_("agreed to mediation on"), null=True, blank=True)
    # When the notice of rights and duties was handed over (Act art. 23; default form).
    notified_on = models.DateField(_("told rights and duties on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("participant")
        constraints = [
            models.UniqueConstraint(
                fields=["mediation", "party", "part"],
                condition=Q(left_on=None),
                name="participant_once",
            )
        ]


class Mandate(models.Model):
    """Who acts for whom and how far, with the paper that says so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="mandates")
    principal = models.ForeignKey(Participant, models.CASCADE, related_name="mandates_given")
    agent = models.ForeignKey(Participant, models.CASCADE, related_name="mandates_held")
    kind = models.CharField(_("mandate"), max_length=9, choices=MandateKind)
    powers = models.CharField(_("powers"), max_length=300, blank=True)
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    given_on = models.DateField(_("given on"))
    ended_on = models.DateField(_("ended on"), null=True)

    class Meta:
        verbose_name = _("mandate")
        constraints = [
            models.CheckConstraint(
                condition=~Q(principal=models.F("agent")), name="mandate_two_people"
            )
        ]
