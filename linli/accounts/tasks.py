"""What the worker does for people."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app

from linli.accounts.actions.run_people import run_people as run
from linli.accounts.actions.run_people import stop_people
from linli.accounts.models import ImportState, PeopleImport
from linli.accounts.queries import actor_of
from linli.kernel.working_days import local_date

# So long a table waits for its owner's look, and passwords to be fetched.
KEPT = timedelta(days=1)


@app.task(name="linli.accounts.tasks.run_people", pass_context=True)
def run_people(context: JobContext, import_id: str) -> None:
    """Bring a table of people in; when the worker ends, the rest is left to the next one."""
    found = PeopleImport.objects.filter(pk=import_id).first()
    if found is None:
        return
    at = timezone.now()
    actor = actor_of(found.by_id, local_date(at))
    if actor is None:
        stop_people(found.id, _("The account of whoever started it is closed."))
    elif not run(found.id, actor=actor, at=at, enough=context.should_abort):
        run_people.defer(import_id=import_id)


@app.periodic(cron="25 * * * *", periodic_id="forget-people-imports")
@app.task(name="linli.accounts.tasks.forget", queueing_lock="forget-people-imports")
def forget(timestamp: int) -> None:
    """Every hour: destroy tables nobody went on with, and passwords nobody fetched."""
    at_rest = (ImportState.READY, ImportState.DONE, ImportState.STOPPED)
    old = PeopleImport.objects.filter(touched_at__lt=timezone.now() - KEPT)
    old.filter(state__in=at_rest).delete()
