"""``linli alarms``: the key that signs warnings to the public."""

import typer
from django.utils import timezone

from linli.accounts.actor import SYSTEM
from linli.alarms.cap import keys
from linli.alarms.queries.warnings import terms
from linli.audit.record import record

app = typer.Typer(no_args_is_help=True, help="Alarms and warnings.")


@app.callback()
def alarms() -> None:
    """Alarms and warnings."""


@app.command("rotate-warning-key")
def rotate_command() -> None:
    """Make a new key for warnings; messages signed before can still be checked."""
    at = timezone.now()
    certificate = keys.rotate(terms().sender or "linli", at)
    facts = {"certificates": len(keys.certificates())}
    record("warning", "key", "warning.rotate_key", actor=SYSTEM.user_id, at=at, facts=facts)
    print(certificate.decode(), end="")
