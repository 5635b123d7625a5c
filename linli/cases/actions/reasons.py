"""Why: what a person writes before personal data is opened or destroyed, or a file removed."""

from django.utils.translation import gettext as _

from linli.cases.models import Case, Reason
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid

SHORTEST = 4


def write_reason(case: Case, text: str) -> dict[str, str]:
    """Keep the words in an erasable row; return what audit holds: its key and its salted hash.

    Raises :class:`Invalid` for a reason that is none.
    """
    text = text.strip()
    if len(text) < SHORTEST:
        raise Invalid(_("A reason is missing."), {"reason": _("Please write why you need it.")})
    reason = Reason(case=case, text=text[:500])
    reason.save(force_insert=True)
    return {"reason_id": str(reason.id), "reason": text_hash(reason.text, reason.id.bytes)}
