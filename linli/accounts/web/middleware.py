"""Puts the actor on the request and runs the view in one transaction under the actor's scope."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from linli.accounts.actor import Actor, actor_of
from linli.accounts.scope import acting
from linli.kernel.errors import Refused

NOBODY = Actor(user_id=None, name="")


class ActorMiddleware:
    """``request.actor`` for every request; a transaction and row security around every view.

    The view runs here and not after this middleware, because Django turns a view's exception into
    a response before a middleware can roll back. A response that streams opens its own scope.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        actor = getattr(user, "actor", NOBODY) if user.is_authenticated else NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Run a signed-in person's view, and the rendering of its page, under the scope."""
        actor = actor_of(request)
        # allauth's views ask for a fresh sign-in by an exception that only Django's own call of a
        # view passes to its middleware; they touch nothing but accounts.
        if actor.user_id is None or view.__module__.startswith("allauth."):
            return None
        if getattr(view, "own_transactions", False):
            return None
        try:
            with acting(actor):
                response: HttpResponse = view(request, *args, **kwargs)
                if isinstance(response, TemplateResponse) and not response.is_rendered:
                    response.render()
                return response
        except Refused as refusal:
            context = {"refusal": refusal}
            return TemplateResponse(
                request, "refused.html", context, status=refusal.status
            ).render()
