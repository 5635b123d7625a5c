"""Settings. Everything a city may change comes from the environment; nothing secret stands here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from linli.site.home import home, load_secrets, socket_directory
from linli.site.sign_in import *  # noqa: F403 - one setting a name, as Django wants them

BASE_DIR = Path(__file__).resolve().parent.parent
REPOSITORY = BASE_DIR.parent
HOME = home()

SECRET_KEY, *SECRET_KEY_FALLBACKS = load_secrets()["session"]
DEBUG = os.environ.get("LINLI_DEBUG") == "1"
PORT = int(os.environ.get("LINLI_PORT", "8000"))
# Names this installation answers to; loopback only unless it is told otherwise.
ALLOWED_HOSTS = os.environ.get("LINLI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS if h != "*"]
HTTPS = os.environ.get("LINLI_HTTPS") == "1"
# The address people type, for links in mails.
LINLI_ADDRESS = os.environ.get("LINLI_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://{ALLOWED_HOSTS[0]}:{PORT}"
)
# The event stream is a process of its own. A proxy puts it under one roof with the pages
# (LINLI_STREAM_PATH, /stream/ with HTTPS); without a proxy the browser asks its port.
STREAM_PORT = int(
    os.environ.get("LINLI_STREAM_PORT") or (PORT + 10_000 if PORT < 50_000 else PORT - 10_000)
)
STREAM_PATH = os.environ.get("LINLI_STREAM_PATH", "/stream/" if HTTPS else "")
# A content policy has no word for an IPv6 address: there the bell asks once a minute.
_NAMES = [h for h in ALLOWED_HOSTS if not h.startswith("[")]
# Another media server that gives video out and asks Linli for leave (docs/adr/0032): its playlists'
# address with {camera} in it, and the word it must know. None: Linli packs and gives out itself.
LINLI_MEDIA_SERVER = os.environ.get("LINLI_MEDIA_SERVER", "")
LINLI_MEDIA_HOOK = os.environ.get("LINLI_MEDIA_HOOK", "")
_MEDIA = urlsplit(LINLI_MEDIA_SERVER)
MEDIA_ORIGINS = [f"{_MEDIA.scheme}://{_MEDIA.netloc}"] if _MEDIA.netloc else []
STREAM_ORIGINS = [] if STREAM_PATH else [f"http://{h}:{STREAM_PORT}" for h in _NAMES]

INSTALLED_APPS = [
    "linli.site",
    "linli.kernel",
    "linli.audit",
    "linli.accounts",
    "linli.areas",
    "linli.roads",
    "linli.notices",
    "linli.tips",
    "linli.cases",
    "linli.reading",
    "linli.routing",
    "linli.alike",
    "linli.legal",
    "linli.exchange",
    "linli.mediation",
    "linli.premises",
    "linli.alarms",
    "linli.cameras",
    "linli.dispatch",
    "linli.patrol",
    "linli.missing",
    "linli.intake",
    "linli.insight",
    "linli.portal",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "linli.accounts.web.gate.SignInMiddleware",
    "linli.accounts.web.gate.DutiesMiddleware",
    "linli.accounts.web.middleware.ActorMiddleware",
]

ROOT_URLCONF = "linli.site.urls"
WSGI_APPLICATION = "linli.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.csp",
                "linli.site.context.shell",
            ],
        },
    },
]
# The site's own templates draw every form; django.forms stands behind them in INSTALLED_APPS.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def database(url: str) -> dict[str, Any]:
    """Turn ``postgresql://user:password@host:port/name?host=/socket`` into Django's settings.

    A process that answers the web is started with ``LINLI_DB_ROLE=linli_web``: its connection then
    has only that role's rights and is under row security from its first statement on.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    start_up = "-c timezone=UTC"
    if role := os.environ.get("LINLI_DB_ROLE"):
        # A page's statements are short and its neighbours want the other core.
        start_up += f" -c role={role} -c max_parallel_workers_per_gather=0"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "linli",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query, "options": start_up},
        "TEST": {"TEMPLATE": "template0"},
    }


# ``linli`` starts the embedded server and sets this before Django reads it.
DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or f"postgresql://linli@/linli?host={socket_directory(HOME)}"
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        # Rate limits of a city's staff, and uploads between preview and import.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "linli.accounts.backend.RoleBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "linli.site.errors.csrf_failure"

SESSION_COOKIE_SAMESITE = "Lax"
# Browsers share cookies between ports of one host: each instance keeps its own.
SESSION_COOKIE_NAME = f"linli_session_{PORT}"
CSRF_COOKIE_NAME = f"linli_csrf_{PORT}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# What the other names of a city's domain do is not for this system to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# Not "no-referrer": browsers would send forms with the origin "null", which CSRF checks refuse.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:", "blob:"],
    "worker-src": ["'self'", "blob:"],
    "connect-src": ["'self'", *STREAM_ORIGINS, *MEDIA_ORIGINS],
    # The player hands the browser its segments as a blob.
    "media-src": ["'self'", "blob:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
}

# What goes wrong is written to standard error, where `linli run` and a service manager keep it. Without
# this Django would mail it to administrators that nobody has named. Refused requests are no errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "site" / "locale"]
USE_I18N = True
USE_TZ = True
# How many years an archived mediation file is kept, by its term; a term that is not here: for ever.
LINLI_KEEP_FILES_YEARS = {
    "long": int(os.environ.get("LINLI_KEEP_FILES_LONG") or 30),
    "short": int(os.environ.get("LINLI_KEEP_FILES_SHORT") or 10),
}
TIME_ZONE = os.environ.get("LINLI_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Served from where they lie; whitenoise reads the list of files once, at start.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The build puts a hash into the name of everything in assets/, so browsers may keep it for good.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/"
MEDIA_ROOT = HOME / "files"
# Tasks are read where jobs are written or done; `linli run` tells its other processes to leave them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "" if os.environ.get("LINLI_TASKLESS") else "tasks"
# Video of cameras: given out segment by segment, each by leave; see linli.cameras.media.store.
LINLI_VIDEO = Path(os.environ.get("LINLI_VIDEO") or HOME / "video")
# The platform's side of GB/T 28181: on where a port is given.
LINLI_SIP_PORT = int(os.environ.get("LINLI_SIP_PORT") or 0)
LINLI_SIP_BIND = os.environ.get("LINLI_SIP_BIND", "127.0.0.1")
# What devices are told to send to, its 20 digits, and its domain.
LINLI_SIP_ADDRESS = os.environ.get("LINLI_SIP_ADDRESS", "") or LINLI_SIP_BIND
LINLI_SIP_NUMBER = os.environ.get("LINLI_SIP_NUMBER", "62030000002000000001")
LINLI_SIP_REALM = os.environ.get("LINLI_SIP_REALM", "") or LINLI_SIP_NUMBER[:10]
# Ports for the video of devices, first and last.
LINLI_SIP_MEDIA = os.environ.get("LINLI_SIP_MEDIA", "30000-30998")
# Imported maps: see linli.roads.store.
LINLI_MAP = HOME / "map"
# Below it lie the folders that are watched; other systems write there.
LINLI_INBOX = Path(os.environ.get("LINLI_INBOX") or HOME / "inbox")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LINLI_REACTIONS = "linli.site.reactions.REACTIONS"
LINLI_SLOTS = "linli.site.slots.SLOTS"
LINLI_CALENDARS = "linli.site.slots.CALENDARS"
LINLI_PLACES = "linli.areas.places"
LINLI_NUMBERS = "linli.cases.numbers"
LINLI_TIP_TO_CASE = "linli.cases.actions.from_tip.register_from_tip"
# Where a case goes that no desk sends: see linli.cases.queries.route.
LINLI_ROUTER = "linli.routing.queries.where_to"
LINLI_EVENT_WORDS = "linli.site.event_words.WORDS"
LINLI_TOPICS = "linli.site.topics.TOPICS"
# Where the page of what a notice is about is.
LINLI_NOTICE_PAGES = {
    "alarm": "alarms:alarm",
    "alarms": "alarms:home",
    "camera_orders": "cameras:orders",
    "cameras": "cameras:list",
    "case": "cases:case",
    "cases": "cases:workbench",
    "dispatch_unit": "dispatch:phone",
    "incident": "dispatch:incident",
    "mediation": "mediation:mediation",
    "patrol_area": "patrol:area",
    "patrol_shifts": "patrol:me",
    "premises": "premises:premises",
    "search": "missing:search",
    "store": "dispatch:store",
    "routing": "routing:area",
    "unit": "accounts:me",
}
# The broker of devices that speak MQTT (docs/howto/devices.md): none unless named.
LINLI_MQTT_URL = os.environ.get("LINLI_MQTT_URL", "")
LINLI_MQTT_CA = os.environ.get("LINLI_MQTT_CA", "")
# By how many seconds a device's clock may differ before its alarm counts as late.
LINLI_DEVICE_SKEW = int(os.environ.get("LINLI_DEVICE_SKEW") or 120)
PERSONAL_KEYS = load_secrets()["personal"]
BLIND_INDEX_KEYS = load_secrets()["blind_index"]
# A language model that proposes categories from masked text (docs/adr/0017): none unless named.
LINLI_READER_URL = os.environ.get("LINLI_READER_URL", "")
LINLI_READER_MODEL = os.environ.get("LINLI_READER_MODEL", "")
LINLI_READER_KEY = os.environ.get("LINLI_READER_KEY", "")
# What rooms above the figures add to the demo city once it is there: functions of the moment.
LINLI_DEMO_SHOWS = [
    "linli.portal.demo.show",
    "linli.insight.demo.channels.connections",
    "linli.insight.demo.cameras.cameras",
    "linli.insight.demo.alarms.alarms",
    "linli.insight.demo.video.show",
    "linli.insight.demo.patrol.patrols",
]
