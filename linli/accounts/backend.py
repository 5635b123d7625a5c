"""The sign-in backend: allauth's, but a session's user arrives with the roles of today."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.utils import timezone

from linli.accounts.loopback import from_this_machine
from linli.accounts.models import User
from linli.accounts.queries import user_with_actor
from linli.kernel.working_days import local_date


class RoleBackend(AuthenticationBackend):  # type: ignore[misc]
    """Loads user and roles in one statement and hangs the :class:`Actor` on the user."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Return the user whose password it is; one of the demo's only on the machine itself."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and user.loopback_only and not from_this_machine(request):
            return None
        return user

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user behind a session, with ``user.actor`` set, or None."""
        found = user_with_actor(user_id, local_date(timezone.now()))
        if found is None or not found[0].is_active:
            return None
        user, actor = found
        user.actor = actor  # type: ignore[attr-defined]
        return user
