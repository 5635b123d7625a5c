"""How allauth behaves here: nobody signs up, every sign-in is on the record, secrets are sealed."""

import base64
import time
from typing import Any

import qrcode
from allauth.account import app_settings as account
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from linli.accounts.models import User
from linli.accounts.queries import must_use_second_factor, user_named
from linli.audit.record import record
from linli.kernel.crypto import seal, unseal
from linli.kernel.working_days import local_date

# What allauth would send a mail about, and what it is called in the audit log.
TOLD = {
    "mfa/email/totp_activated": "user.add_second_factor",
    "mfa/email/totp_deactivated": "user.remove_second_factor",
    "mfa/email/recovery_codes_generated": "user.renew_recovery_codes",
}
_CONTEXT = b"second factor"


def note(user: User, event: str) -> None:
    """Write that a person did something to their own account."""
    record("user", user.pk, event, actor=user.pk, at=timezone.now())


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with name and password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The sign-in name or the password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour and try again."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
        "incorrect_password": _("The password is wrong."),
        "incorrect_code": _("The code is wrong or too old. Type the one shown now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address; all whose address nobody knows count as one."""
        return get_client_ip(request) or "0.0.0.0"  # noqa: S104 - not an address to listen on

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Check a new password; the one somebody else knows can't be kept."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(_("Choose a password that nobody else has known."))
        return str(super().clean_password(password, user))

    def set_password(self, user: User, password: str) -> None:
        """Save the person's own new password; every other session of theirs ends with it."""
        with transaction.atomic():
            user.set_password(password)
            user.must_change_password = user.loopback_only = False
            user.save(update_fields=["password", "must_change_password", "loopback_only"])
            note(user, "user.change_password")

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Record the sign-in and show pages in the language the person chose."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        note(user, "user.sign_in")
        if user.language:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def logout(self, request: HttpRequest) -> None:
        """Record the sign-out."""
        if isinstance(request.user, User):
            note(request.user, "user.sign_out")
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Say whether the password is asked again: not right after signing in with it."""
        records = get_authentication_records(self.request, self.request.user)
        fresh = records and time.time() - records[-1]["at"] < account.REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kw: Any
    ) -> None:
        """Record instead of sending mail: no installation needs a mail server to be safe."""
        if event := TOLD.get(template_prefix):
            note(user, event)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor's secrets at rest, and when it may be given up."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong or too old. Type the one shown now."),
        "cannot_delete_authenticator": _("Your role requires a second factor; it stays on."),
    }

    def get_totp_label(self, user: User) -> str:
        """Return what the authenticator app shows under the product's name."""
        return user.username

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code on white: cameras can't read it on a dark page."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def encrypt(self, text: str) -> str:
        """Seal a secret with the installation's key for personal data."""
        return base64.b64encode(seal(text, _CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what :meth:`encrypt` sealed."""
        return str(unseal(base64.b64decode(encrypted_text), _CONTEXT))

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Say whether the person may switch the factor off: not while a role asks for it."""
        return not must_use_second_factor(authenticator.user_id, local_date(timezone.now()))


class SingleSignOnAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in at the city's identity provider: it says who somebody is, never what they may do."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Tie a provider's account, at its first sign-in, to the person it belongs to."""
        if sociallogin.is_existing:
            return
        user = self._person(sociallogin)
        if user is not None and user.is_active:
            sociallogin.connect(request, user)
            note(user, "user.link_sign_on")

    def _person(self, sociallogin: Any) -> User | None:
        data = sociallogin.account.extra_data
        claims = {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}
        if name := claims.get(settings.LINLI_OIDC_USERNAME_CLAIM):
            found = user_named(str(name))
            if found is not None:
                return found
        if not claims.get("email_verified") or not claims.get("email"):
            return None
        # Two people with one address: nobody can tell which of them it is.
        matches = list(User.objects.filter(email__iexact=claims["email"])[:2])
        return matches[0] if len(matches) == 1 else None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say whether a stranger gets an account (without any role) at their first sign-in."""
        return bool(settings.LINLI_OIDC_SIGN_UP)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Fill a stranger's account from what the provider says."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = data.get("name") or data.get("username") or data.get("email") or ""
        return user
