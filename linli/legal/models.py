"""What a city adds to the library: statutes of its own, and ways people speak there.

The laws of the country are not rows: they come with the package and are read from there
(:mod:`linli.legal.library`), so that a new database needs no loading.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.ids import new_id


class Statute(models.Model):
    """One wording of a statute that a city added, as it was written: Markdown with a front matter.

    The other fields repeat its front matter. ``file`` is its name in the folder ``statutes``; empty
    for one that was uploaded. ``valid_until`` is the first day on which it no longer holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(pgettext_lazy("of a statute", "title"), max_length=120)
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    source = models.TextField(_("text"))
    file = models.CharField(_("file"), max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("statute")
        ordering = ["title", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["title", "valid_from"], name="statute_wording_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="statute_ends_after_it_begins",
            ),
        ]


class Saying(models.Model):
    """A city's own line of the vocabulary: see :mod:`linli.legal.speech` for how it is written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    say = models.CharField(_("how people put it"), max_length=300)
    legal = models.CharField(_("words of the law"), max_length=300, blank=True)
    articles = models.CharField(_("articles that decide it"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("saying")
        ordering = ["say"]
