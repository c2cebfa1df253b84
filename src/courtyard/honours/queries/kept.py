"""What decides how a public board looks today, in one statement: the key of a kept page (D17)."""

from __future__ import annotations

from typing import Any

from django.db import connection

from courtyard.places.rules import PlaceKind

# Names and the complaint line are in the key like the journal's number: a page is never older than any of them.
_STANDING = """
SELECT p.id, p.name, v.name, t.name, c.number, EXISTS (SELECT 1 FROM honours_namesswitch WHERE forbidden),
(SELECT a.complaint_line FROM places_place a WHERE a.complaint_line <> '' AND a.path IN ({above})
 ORDER BY LENGTH(a.path) DESC LIMIT 1)
FROM places_place p
LEFT JOIN places_place v ON v.id = p.village_id LEFT JOIN places_place t ON t.id = p.town_id
LEFT JOIN records_chain c ON c.place = COALESCE(p.village_id, p.id)
WHERE p.path = %s AND p.kind IN (%s, %s)
"""


def standing(path: str) -> tuple[Any, ...] | None:
    """What a board of this group or village is made of: place, names above it, its village's number, whether the county
    forbids names, the complaint line; None where there is no such place (one query)."""
    codes = path.split("/")
    above = ["/".join(codes[:n]) for n in range(len(codes) + 1)]
    sql = _STANDING.format(above=", ".join(["%s"] * len(above)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*above, path, PlaceKind.GROUP.value, PlaceKind.VILLAGE.value])
        found = cursor.fetchone()
    return tuple(found) if found else None
