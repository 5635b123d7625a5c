"""Performance on the page: what is owed, what was paid, what is late."""

from decimal import Decimal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.mediation.models import Mediation
from linli.mediation.queries.agreement import called
from linli.mediation.queries.performance import ledger


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return what is owed under the agreements that held, and every entry about it."""
    rows, payments = ledger(mediation)
    if not rows:
        return SafeString("")
    today = timezone.localdate()
    counted = [row for row in rows if row.owed.amount is not None and row.owed.ended_on is None]
    agreed = sum((row.owed.amount or Decimal() for row in counted), Decimal())
    context = {
        "agreed": agreed,
        "paid": agreed - sum((row.open or Decimal() for row in counted), Decimal()),
        "payments": payments,
        "rows": [
            {
                "owed": row.owed,
                "debtor": called(row.owed.debtor),
                "open": row.open,
                "late": row.is_open and row.owed.due_on < today,
            }
            for row in rows
        ],
    }
    return render_to_string("mediation/_performance.html", context, request)
