"""Whether a village's scheme keeps within its town's frame: what the town fixes, what a village may set within limits.

Its own are always: `code`, `name`, `source`, which levels adopt it, and whether it hands the frame on. Every other clause
is the town's word for word, unless the frame gives it free, gives room for its number, or lets deeds be added.
"""

from __future__ import annotations

from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.differences import ADDED, Difference, differences, held_at, moved
from courtyard.rating.rules.documents import DeedRule, Frame, Room, SchemeDocument, decimal_text

OWN = frozenset({"code", "name", "source", "scope.levels"})


def outside_frame(town: SchemeDocument, village: SchemeDocument) -> list[Problem]:
    """Every clause by which a village leaves its town's frame; none where the town gives no frame (then it binds nobody)."""
    frame = town.frame
    if frame is None:
        return []
    problems = list(_own_deeds(frame, town, village))
    for one in differences(town, village):
        problems.extend(_judged(frame, town, one))
    for part in moved(town, village):
        if part not in frame.free:
            problems.append(Problem("rating.frame_order", {"clause": part}))
    return problems


def _judged(frame: Frame, town: SchemeDocument, one: Difference) -> Iterator[Problem]:
    if one.clause in OWN or one.part in frame.free or one.part == "frame" and one.held_new is None:
        return
    if one.part == "deeds" and one.kind == ADDED and isinstance(one.held_new, DeedRule) and one.held_new.added:
        return  # counted and measured together (see _own_deeds)
    room = next((room for room in frame.may if room.clause == one.clause), None)
    if room is None:
        own = one.part == "deeds" and one.kind == ADDED and isinstance(one.held_new, DeedRule)
        old = one.old or ("(没有这一条;是村里自加的,请写上 added = true)" if own else "(没有写)")
        yield Problem("rating.frame_fixed", {"clause": one.clause, "label": one.label, "old": old})
    elif not _fits(town, room, one):
        facts = {"least": decimal_text(room.least_milli), "most": decimal_text(room.most_milli)}
        found = one.new or "(没有写)"
        yield Problem("rating.frame_out_of_room", {"clause": one.clause, "label": one.label, "found": found, **facts})


def _fits(town: SchemeDocument, room: Room, one: Difference) -> bool:
    """Whether the village's number lies in the room; both bounds belong to it."""
    found = held_at(town, room.clause)
    value = one.held_new
    if found is None or isinstance(value, bool) or not isinstance(value, int):
        return False
    milli = value if found[0].spec.kind == "milli" else value * 1000
    return room.least_milli <= milli <= room.most_milli


def _own_deeds(frame: Frame, town: SchemeDocument, village: SchemeDocument) -> Iterator[Problem]:
    """The deeds a village added: not too many, not too many points each, and so many points each time, no more."""
    if "deeds" in frame.free:
        return
    standing = {deed.code for deed in town.deeds}
    own = [deed for deed in village.deeds if deed.added and deed.code not in standing]
    if len(own) > frame.own_deeds_most:
        facts = {"most": frame.own_deeds_most, "found": len(own)}
        yield Problem("rating.frame_own_deeds", {"clause": f"deeds[{own[frame.own_deeds_most].code}]", **facts})
    for deed in own:
        clause = f"deeds[{deed.code}]"
        most = max(abs(deed.points_milli), abs(deed.mended_points_milli or 0))
        if most > frame.own_points_most_milli:
            limit = decimal_text(frame.own_points_most_milli)
            said = {"name": deed.name, "found": decimal_text(most), "most": limit}
            yield Problem("rating.frame_own_points", {"clause": f"{clause}.points", **said})
        if deed.per_milli is not None or deed.prices or deed.per_member or deed.direct:
            yield Problem("rating.frame_own_plain", {"clause": clause, "name": deed.name})
