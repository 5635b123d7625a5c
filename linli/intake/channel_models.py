"""Channels that bring matters in without a person at a desk, and what came through each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.models import Case
from linli.kernel.ids import new_id


class ChannelKind(models.TextChoices):
    """What a source is."""

    MAILBOX = "mailbox", _("mailbox")
    FOLDER = "folder", _("folder")
    HOOK = "hook", _("incoming webhook")


class Outcome(models.TextChoices):
    """What came of one message, file or call."""

    CASE = "case", pgettext_lazy("outcome", "became a case")
    IMPORT = "import", pgettext_lazy("outcome", "was imported")
    KNOWN = "known", pgettext_lazy("outcome", "was here already")
    IGNORED = "ignored", pgettext_lazy("outcome", "left out")
    REFUSED = "refused", pgettext_lazy("outcome", "refused")


class Source(models.Model):
    """One mailbox, folder or incoming webhook, for an area and below.

    ``options`` holds what is not secret: of a mailbox ``host``, ``port``, ``security``, ``user``,
    ``folder``; of a folder ``directory`` and ``mapping``; of a webhook ``layout``; of all ``kind``,
    the kind of matter where the text does not tell. ``state`` is how far it was read. ``secret`` is
    a mailbox's password, sealed under the row's id; ``digest`` the SHA-256 of a webhook's token.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=ChannelKind)
    name = models.CharField(_("name"), max_length=60)
    area = models.CharField(_("area"), max_length=15, db_collation="C")
    options = models.JSONField(default=dict)
    state = models.JSONField(default=dict)
    secret = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=32, null=True, unique=True)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("source")
        ordering = ["channel", "name"]


class Received(models.Model):
    """One thing that came through a source, known again by ``key``. No personal data, no text."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(Source, models.CASCADE, related_name="received", db_index=False)
    key = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    reason = models.CharField(max_length=300, blank=True)
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="received_once")]
        indexes = [models.Index(fields=["source", "-id"], name="received_log")]
