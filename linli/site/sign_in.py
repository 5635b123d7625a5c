"""Settings of signing in: sessions, lock-out, second factor, single sign-on.

A city changes what stands in the environment; docs/howto/second-factor.md and single-sign-on.md
explain each name.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

# A session ends after a shift at the latest, and earlier when nobody is at the screen.
SESSION_ENGINE = "linli.accounts.sessions"
SESSION_COOKIE_AGE = int(os.environ.get("LINLI_SESSION_HOURS", "10")) * 3600
LINLI_SESSION_IDLE = timedelta(minutes=int(os.environ.get("LINLI_SESSION_IDLE_MINUTES", "60")))

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "linli.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "linli.accounts.web.entrance.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# A centre's staff share one address, so what counts by address is generous; a name is not.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,20/15m/key"}
# Proxies in front that add to X-Forwarded-For; without any, that header is not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("LINLI_PROXIES", "0"))

# Name and address together: an attacker elsewhere can't lock a person out of their own desk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_LOCKOUT_CALLABLE = "linli.accounts.lockout.locked_out"
AXES_USERNAME_CALLABLE = "linli.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "linli.accounts.lockout.address_of"

MFA_ADAPTER = "linli.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Linli 邻里"
MFA_TOTP_TOLERANCE = 1  # phones' clocks run up to half a minute apart
MFA_RECOVERY_CODE_DIGITS = 10
MFA_ALLOW_UNVERIFIED_EMAIL = True  # e-mail is not how anybody signs in here

SOCIALACCOUNT_ADAPTER = "linli.accounts.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# By link: a form that is sent on to another host would need that host in the content policy.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
# Which claim names the person here; the e-mail address is tried after it.
LINLI_OIDC_USERNAME_CLAIM = os.environ.get("LINLI_OIDC_USERNAME_CLAIM", "preferred_username")
LINLI_OIDC_SIGN_UP = os.environ.get("LINLI_OIDC_SIGN_UP") == "1"


def openid_connect(given: Mapping[str, str]) -> dict[str, Any]:
    """Return allauth's settings for the provider named in the environment, or none."""
    issuer = given.get("LINLI_OIDC_ISSUER")
    if not issuer:
        return {}
    provider = {
        "provider_id": "oidc",
        "name": given.get("LINLI_OIDC_NAME", "OpenID Connect"),
        "client_id": given.get("LINLI_OIDC_CLIENT_ID", ""),
        "secret": given.get("LINLI_OIDC_CLIENT_SECRET", ""),
        "settings": {"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [provider], "OAUTH_PKCE_ENABLED": True}}


SOCIALACCOUNT_PROVIDERS = openid_connect(os.environ)
