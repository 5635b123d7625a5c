"""One's own notices: the list, the bell, reading."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.accounts.actor import actor_of
from linli.notices.actions.mark_read import mark_all_read, mark_read
from linli.notices.addresses import path_of
from linli.notices.policy import may_keep_notices
from linli.notices.queries.own import newest_unread, own, unread_count


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's notices, the latest first."""
    actor = actor_of(request)
    unread = request.GET.get("unread") == "1"
    page = own(actor, unread=unread, after=request.GET.get("after", ""))
    count = unread_count(actor)
    address = reverse("notices:home")
    context = {
        "page": page,
        "unread": unread,
        "count": count,
        "page_tabs": [
            (address, _("All"), "", not unread),
            (f"{address}?unread=1", _("Unread"), count, unread),
        ],
        "keeps": may_keep_notices(actor),
    }
    return render(request, "notices/home.html", context)


@require_safe
@never_cache
def bell(request: HttpRequest) -> JsonResponse:
    """Return how many are unread and the newest of them, for the bell in the shell."""
    actor = actor_of(request)
    found = newest_unread(actor)
    newest = found and {
        "id": str(found.id),
        "subject": found.subject,
        "text": found.body,
        "urgent": found.urgent,
        "url": reverse("notices:notice", args=[found.id]),
    }
    return JsonResponse({"unread": unread_count(actor), "newest": newest})


@require_safe
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice read and go to what it is about."""
    notice = mark_read(notice_id, actor=actor_of(request), at=timezone.now())
    return HttpResponseRedirect(path_of(notice.about_type, notice.about_id))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    mark_all_read(actor=actor_of(request), at=timezone.now())
    messages.success(request, _("All notices are marked read."))
    return redirect("notices:home")
