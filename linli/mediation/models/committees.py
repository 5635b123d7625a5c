"""Mediation committees and what is known of their mediators. Names and areas stand on the unit."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Unit
from linli.kernel.ids import new_id
from linli.mediation.choices import CommitteeKind


class Committee(models.Model):
    """A mediation committee. It works as ``unit``: one of its own, or a village's centre.

    Its members are the people who hold the role mediator in the unit. ``word`` stands before 人调字
    in the numbers of its files; ``seal_name`` is what its seal says. ``specialities`` are codes of
    categories.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="mediation_committee")
    kind = models.CharField(_("kind"), max_length=13, choices=CommitteeKind)
    name = models.CharField(_("name"), max_length=80)
    word = models.CharField(_("word in file numbers"), max_length=8)
    seal_name = models.CharField(_("words of the seal"), max_length=80)
    specialities = ArrayField(
        models.CharField(max_length=30), verbose_name=_("specialities"), default=list, blank=True
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    # An enterprise's or an industry's committee says whose disputes it takes.
    remit = models.CharField(_("takes"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mediation committee")
        constraints = [
            models.UniqueConstraint(fields=["word"], name="mediation_word_once"),
            models.CheckConstraint(
                condition=Q(kind__in=CommitteeKind.values), name="mediation_committee_kind_known"
            ),
        ]


class Mediator(models.Model):
    """What a committee knows of one of its members besides the role: for choosing, never a score.

    ``most`` is how many open mediations the person takes at once. Leave is kept by accounts.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mediator"
    )
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="mediators")
    full_time = models.BooleanField(_("full-time"), default=False)
    certificate = models.CharField(_("certificate number"), max_length=40, blank=True)
    languages = ArrayField(
        models.CharField(max_length=30), verbose_name=_("languages"), default=list, blank=True
    )
    specialities = ArrayField(
        models.CharField(max_length=30), verbose_name=_("specialities"), default=list, blank=True
    )
    most = models.PositiveSmallIntegerField(_("open mediations at most"), default=12)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("mediator")
