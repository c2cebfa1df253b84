"""Access lines (D11): showing unmasked personal data to anyone but the household leaves one line, or shows the mask."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import DatabaseError, connection, router, transaction

from courtyard.kernel.actors import Actor
from courtyard.records.models import AccessLine

log = logging.getLogger(__name__)


def shown(*, by: Actor, at: datetime, subjects: Iterable[str], fields: str, why: str) -> bool:
    """Write one access line a subject; False where they could not be written, and the caller must show masks."""
    lines = [AccessLine(by_kind=by.kind, by=by.id, subject=s, fields=fields, why=why, at=at) for s in subjects]
    using = router.db_for_write(AccessLine) or "default"
    try:
        with transaction.atomic(using=using):
            if using == "default" and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL synchronous_commit = off")
            AccessLine.objects.using(using).bulk_create(lines, batch_size=2000)
    except DatabaseError:
        log.exception("access lines could not be written; personal data is shown masked")
        return False
    return True


def lines_of(subject: str, *, most: int = 50) -> list[AccessLine]:
    """Who was shown this household's data, latest first: what the household reads on its own page."""
    return list(AccessLine.objects.filter(subject=subject).order_by("-at", "-pk")[:most])
