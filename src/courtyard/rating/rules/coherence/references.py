"""Every code a clause names stands in the document; every number a village may set is one of its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.coherence.faults import fault, out_of_range
from courtyard.rating.rules.documents import Room, SchemeDocument, decimal_text
from courtyard.rating.rules.documents.declare import declared
from courtyard.rating.rules.naming import held, named

# What a town cannot give away whole: what the document is, who owns points, the lines of due process it answers for.
NEVER_FREE = frozenset({"format", "engine", "code", "name", "source", "account", "scope", "frame"})


def reference_faults(document: SchemeDocument) -> Iterator[Problem]:
    """Every name that stands for nothing."""
    known = {
        "bands": [band.code for band in document.bands],
        "ledgers": [ledger.code for ledger in document.ledgers],
        "awards": [rule.code for rule in document.awards],
        "deeds": [deed.code for deed in document.deeds],
        "titles": [title.code for title in document.titles],
        "stars": [star.code for star in document.stars],
        "areas": [area.code for area in document.sheet.areas],
        "lists": [rule.listing for rule in document.lists],
        "categories": sorted({deed.category for deed in document.deeds if deed.category}),
        "findings": [picture.code for area in document.sheet.areas for picture in area.pictures],
    }
    for clause, kind, code in named(document):
        if code and code not in known[kind]:
            choices = "、".join(sorted(known[kind])) or "(一个也没有)"
            yield fault("rating.names_nothing", clause, found=code, choices=choices)
    if document.engine == 1:
        for ledger in document.ledgers:
            if not ledger.spendable:
                clause = f"ledgers[{ledger.code}].spendable"
                yield fault("rating.clause_not_one_of", clause, found="false", choices="true")
    for title in document.titles:
        if document.engine > 1 and title.code in ("red", "black"):
            means = "红榜" if title.code == "red" else "黑榜"
            yield fault("rating.code_kept", f"titles[{title.code}]", found=title.code, means=means)
    yield from _frame(document)


def _frame(document: SchemeDocument) -> Iterator[Problem]:
    frame = document.frame
    if frame is None:
        return
    seen: set[str] = set()
    for place, room in enumerate(frame.may, start=1):
        if room.clause in seen:
            yield fault("rating.clause_twice", "frame.may", found=room.clause)
        seen.add(room.clause)
        yield from _room(document, f"frame.may[{place}]", room)
    parts = [row.key for row in declared(SchemeDocument) if row.key not in NEVER_FREE]
    for part in frame.free:
        if part not in parts:
            yield fault("rating.names_nothing", "frame.free", found=part, choices="、".join(parts))
    if frame.own_deeds_most and not frame.own_points_most_milli:
        yield fault("rating.clause_missing", "frame.own_points_most", write="村里自加的每条最多几分")


def _room(document: SchemeDocument, place: str, room: Room) -> Iterator[Problem]:
    """A room is around a number of this very document, and the town's own number lies in it."""
    found = held(document, room.clause)
    if found is None:
        yield fault("rating.room_unknown", f"{place}.clause", found=room.clause)
        return
    spec, value = found
    if spec.kind not in ("whole", "milli") or room.clause in ("format", "engine"):
        yield fault("rating.room_no_number", f"{place}.clause", found=room.clause)
        return
    milli = None if value is None else value if spec.kind == "milli" else value * 1000
    least, most = room.least_milli, room.most_milli
    if least > most:
        yield out_of_range(f"{place}.most", decimal_text(most), decimal_text(least), str(spec.most))
    elif least < spec.least * 1000 or most > spec.most * 1000:
        key = "least" if least < spec.least * 1000 else "most"
        words = decimal_text(least if key == "least" else most)
        yield out_of_range(f"{place}.{key}", words, str(spec.least), str(spec.most))
    elif milli is not None and not least <= milli <= most:
        facts = {"found": decimal_text(milli), "least": decimal_text(least), "most": decimal_text(most)}
        yield fault("rating.room_leaves_out", place, of=room.clause, **facts)
