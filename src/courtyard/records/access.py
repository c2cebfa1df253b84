"""Access lines (D11): showing unmasked personal data to anyone but the household leaves one line, or shows the mask."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import DatabaseError, connections, router, transaction

from courtyard.kernel.actors import Actor
from courtyard.records.models import AccessLine

log = logging.getLogger(__name__)
# One statement, whatever the number of subjects.
INSERT = """
INSERT INTO records_accessline (by_kind, "by", subject, fields, why, at)
SELECT %s, %s, one.value, %s, %s, %s FROM {subjects} AS one
"""
SUBJECTS = {"sqlite": "json_each(%s)", "postgresql": "jsonb_array_elements_text(CAST(%s AS jsonb))"}


def shown(*, by: Actor, at: datetime, subjects: Iterable[str], fields: str, why: str) -> bool:
    """Write one access line a subject; False where they could not be written, and the caller must show masks."""
    using = router.db_for_write(AccessLine) or "default"
    store = connections[using]
    who = AccessLine._meta.get_field("by").get_db_prep_save(by.id, store)
    when = AccessLine._meta.get_field("at").get_db_prep_save(at, store)
    insert = INSERT.format(subjects=SUBJECTS[store.vendor])
    try:
        with transaction.atomic(using=using), store.cursor() as cursor:
            if store.vendor == "postgresql":
                cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute(insert, [by.kind, who, fields, why, when, json.dumps(list(subjects))])
    except DatabaseError:
        log.exception("access lines could not be written; personal data is shown masked")
        return False
    return True


def lines_of(subject: str, *, most: int = 50) -> list[AccessLine]:
    """Who was shown this household's data, latest first: what the household reads on its own page."""
    return list(AccessLine.objects.filter(subject=subject).order_by("-at", "-pk")[:most])


def times_shown(subject: str, fields: str, since: datetime) -> int:
    """How often these fields of a subject were shown since an instant: views are counted by their lines (D11)."""
    return AccessLine.objects.filter(subject=subject, fields=fields, at__gte=since).count()
