"""Where another media server asks for leave: 200 lets a player go on, 401 does not."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from linli.accounts.actor import Actor
from linli.accounts.queries import actor_of
from linli.accounts.scope import own_transactions
from linli.cameras.actions.give_segment import give_segment
from linli.cameras.actions.refuse_video import noting_refusals
from linli.cameras.media.external import knows_word, read_question, read_ticket
from linli.cameras.queries.permits import may_request_segment
from linli.cameras.viewing import VideoRefused
from linli.cameras.viewing_choices import Cause, Mode
from linli.kernel.working_days import local_date

NOBODY = Actor(user_id=None, name="")


@csrf_exempt
@login_not_required
@own_transactions
@require_POST
def authorise(request: HttpRequest) -> HttpResponse:
    """Answer the media server. Publishing is never allowed: Linli fetches, nobody brings."""
    if not knows_word(request.GET.get("word", "")):
        return HttpResponse(status=403)
    at = timezone.now()
    question = read_question(request.body)
    ticket = read_ticket(question.ticket) if question else None
    actor: Actor = (ticket and actor_of(ticket.viewer, local_date(at))) or NOBODY
    camera, grant = (ticket.camera, ticket.grant) if ticket else (None, None)
    try:
        with noting_refusals(actor, at, camera=camera, grant=grant, mode=Mode.LIVE):
            if ticket is None or question is None:
                raise VideoRefused(Cause.NO_GRANT, "")
            if question.action not in ("read", "playback") or not _is(question.path, ticket.camera):
                raise VideoRefused(Cause.BAD_NAME, "")
            permit = may_request_segment(actor, ticket.grant, ticket.camera, at)
            give_segment(permit, f"hook:{question.action}", actor=actor, at=at)
    except VideoRefused:
        return HttpResponse(status=401)
    return HttpResponse(status=200)


def _is(path: str, camera: UUID) -> bool:
    return path.split("/", maxsplit=1)[0] == str(camera)
