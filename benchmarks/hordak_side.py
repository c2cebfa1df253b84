"""django-hordak's own double entry, timed: `python hordak_side.py COUNT` prints the seconds of COUNT transfers.

Run by an interpreter that has django-hordak and nothing of Courtyard (requirements-peers.lock), on the database that
DATABASE_URL names. One transfer is what its documentation shows: an account transfers money to another, one commit.
"""

from __future__ import annotations

import sys
import time

import dj_database_url
import django
from django.conf import settings

APPS = ("django.contrib.contenttypes", "django.contrib.auth", "mptt", "djmoney", "hordak")


def main(count: int) -> None:
    settings.configure(
        INSTALLED_APPS=list(APPS), DATABASES={"default": dj_database_url.config(conn_max_age=None)}, USE_TZ=True,
        DEBUG=False, SECRET_KEY="peers", DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DEFAULT_CURRENCY="CNY", CURRENCIES=["CNY"], HORDAK_DEFAULT_CURRENCY="CNY", HORDAK_CURRENCIES=["CNY"],
    )  # fmt: skip
    django.setup()
    from django.core.management import call_command
    from hordak.models import Account
    from moneyed import Money

    call_command("migrate", verbosity=0)
    home, shop = (
        Account.objects.get_or_create(name=name, code=code, type="IN", defaults={"currencies": ["CNY"]})[0]
        for name, code in (("home", "1"), ("shop", "2"))
    )
    for _ in range(10):
        home.transfer_to(shop, Money(1, "CNY"))
    began = time.perf_counter()
    for _ in range(count):
        home.transfer_to(shop, Money(1, "CNY"))
    print(time.perf_counter() - began)


main(int(sys.argv[1]))
