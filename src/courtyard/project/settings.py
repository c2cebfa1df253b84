"""Settings: everything an operator may set is an environment variable named here."""

import os
import sys
from pathlib import Path

from courtyard.project.databases import databases
from courtyard.records.keys import django_secret

PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = PACKAGE.parents[1]
HOME = _CHECKOUT if (_CHECKOUT / "pyproject.toml").exists() else Path.cwd()
VAR = Path(os.environ.get("COURTYARD_VAR", HOME / "var")).resolve()
VAR.mkdir(parents=True, exist_ok=True)

PROFILE = os.environ.get("COURTYARD_PROFILE", "loopback")
if PROFILE not in ("loopback", "https"):
    sys.exit(f"COURTYARD_PROFILE 只能是 loopback 或 https,现在是「{PROFILE}」。")
HTTPS = PROFILE == "https"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
OLD_HOSTS = [host for host in os.environ.get("COURTYARD_OLD_HOSTS", "").split(",") if host]
# A page is not served over plain http to another machine unless the operator says so; then every page says so too.
PLAIN_HTTP = os.environ.get("COURTYARD_PLAIN_HTTP", "") == "1"

DEBUG = False
SECRET_KEY = django_secret(VAR, make=not HTTPS)
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]", "testserver"] if not HTTPS and not PLAIN_HTTP else ["*"] if PLAIN_HTTP else []
)
if HTTPS:
    ALLOWED_HOSTS = [PUBLIC_URL.split("//", 1)[1].split(":")[0], *OLD_HOSTS]

ROOMS = [
    "records", "places", "people", "households", "rating", "points", "inspections", "honours", "shop", "outreach",
    "office", "board", "ops",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    *[f"courtyard.{room}" for room in ROOMS],
]
MIDDLEWARE = [
    "courtyard.project.middleware.headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "courtyard.project.sessions.Sessions",
    "courtyard.project.comfort.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "courtyard.project.middleware.Courtyard",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "courtyard.project.urls"
WSGI_APPLICATION = "courtyard.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "courtyard.project.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "courtyard.project.tags",
            ],
        },
    }
]

DATABASES = databases(os.environ.get("DATABASE_URL", ""), VAR)
DATABASE_ROUTERS = ["courtyard.project.databases.AccessRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["courtyard.people.hashers.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "user_agent"]]
AXES_LOCKOUT_TEMPLATE = "locked.html"
AXES_DISABLE_ACCESS_LOG = True
LOGIN_URL = "/login"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "project" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATICFILES_DIRS = [
    folder for folder in (PACKAGE / "project" / "static", PACKAGE / "project" / "assets") if folder.is_dir()
]
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "files"

SESSION_ENGINE = "courtyard.project.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-courtyard" if HTTPS else "courtyard"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
# axes would lock by address: half a village shares one. Locks are by user and device (QUALITY §2).
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
