"""Audit entries and the heads of their chains.

Entries are spread over :data:`CHAINS` hash chains, one transaction's entries all on one, so that
writers seldom wait for one another. Only the database function ``audit_append`` (and the bulk
import, as owner) adds to them; the web role can't write either table.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

CHAINS = 64


class Entry(models.Model):
    """One thing that was done: who, what, to which object, when. No personal data, no free text."""

    id = models.BigIntegerField(primary_key=True)
    chain = models.SmallIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField(_("time"))
    actor = models.UUIDField(_("person"), null=True)
    event = models.CharField(_("event"), max_length=80)
    object_type = models.CharField(_("object"), max_length=40)
    object_id = models.CharField(max_length=40)
    # PostgreSQL's json keeps the text exactly as it was hashed; jsonb would rewrite it.
    facts = models.TextField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "audit_entry"


class Chain(models.Model):
    """The last entry's place and hash of one chain."""

    chain = models.SmallIntegerField(primary_key=True)
    sequence = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        managed = False
        db_table = "audit_chain"


class Verification(models.Model):
    """One run of the verification and what it found. Only the owner writes here."""

    at = models.DateTimeField(_("time"))
    entries = models.BigIntegerField(_("entries"))
    ok = models.BooleanField()
    first_broken = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("verification")
        get_latest_by = "id"
