"""The step tables of the lists (DESIGN §3.3): buttons, deadlines, letters and the diagram read the same rows.

A case keeps the table it began under, so a table that was ever used is never edited: a change is a new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from courtyard.honours.rules.states import ListingState as S
from courtyard.honours.rules.states import Verb as V
from courtyard.kernel.problems import Problem

OPEN = (S.CANDIDATE, S.CONFIRMED, S.NOTIFIED, S.OBJECTED, S.PUBLISHED)


@dataclass(frozen=True)
class Entry:
    """What the table asks of an entry: its state as stored, its days, and from where an open objection froze it."""

    state: S
    publish_from: date | None = None
    lapses_on: date | None = None
    expires_on: date | None = None
    answer_by: date | None = None
    mended_said_on: date | None = None
    frozen_from: S | None = None


@dataclass(frozen=True)
class Row:
    """One step: from where, by which verb, to where; `duty` names verbs of people.rules: who holds one of them does it.

    `earliest` and `latest` name the entry's days before and after which it is refused; `after`: only when that day has
    passed; `frozen_from`: only for an entry an objection froze in that state; `unless`: not while that day is set.
    """

    source: S | None
    verb: V
    target: S
    duty: tuple[str, ...]
    earliest: str | None = None
    latest: str | None = None
    after: str | None = None
    frozen_from: S | None = None
    unless: str | None = None


CLOSE, LOOK, NOTIFY, PUBLISH = ("rounds.close",), ("lists.look", "lists.notify"), ("lists.notify",), ("lists.publish",)
OBJECT, DECIDE, MENDED, REVIEW = ("lists.object",), ("lists.decide",), ("lists.rectify",), ("marks.review",)
NOBODY = ()

BLACK_1 = (
    Row(None, V.PROPOSE, S.CANDIDATE, CLOSE),
    # Two people of another group look again; one who finds it not poor ends it.
    Row(S.CANDIDATE, V.CONFIRM, S.CONFIRMED, LOOK, latest="lapses_on"),
    Row(S.CANDIDATE, V.CLEAR, S.DROPPED, LOOK),
    Row(S.CANDIDATE, V.DROP, S.DROPPED, NOTIFY),
    Row(S.CONFIRMED, V.NOTIFY, S.NOTIFIED, NOTIFY, latest="lapses_on"),
    Row(S.CONFIRMED, V.DROP, S.DROPPED, NOTIFY),
    Row(S.NOTIFIED, V.PUBLISH, S.PUBLISHED, PUBLISH, "publish_from", "lapses_on", unless="mended_said_on"),
    Row(S.NOTIFIED, V.DROP, S.DROPPED, NOTIFY),
    Row(S.PUBLISHED, V.DROP, S.DELISTED, NOTIFY),
    Row(S.OBJECTED, V.DROP, S.DROPPED, NOTIFY),
    # "I never got it", at any time: covered, and the clock starts again.
    Row(S.NOTIFIED, V.WITHDRAW, S.CONFIRMED, OBJECT),
    Row(S.PUBLISHED, V.WITHDRAW, S.CONFIRMED, OBJECT),
    Row(S.OBJECTED, V.WITHDRAW, S.OBJECTED, OBJECT),
    # An objection freezes at once; decided late it falls to the household (LAPSE below).
    Row(S.CANDIDATE, V.OBJECT, S.OBJECTED, OBJECT),
    Row(S.CONFIRMED, V.OBJECT, S.OBJECTED, OBJECT),
    Row(S.NOTIFIED, V.OBJECT, S.OBJECTED, OBJECT),
    Row(S.PUBLISHED, V.OBJECT, S.OBJECTED, OBJECT),
    Row(S.OBJECTED, V.UPHOLD, S.OVERTURNED, DECIDE, latest="answer_by"),
    Row(S.OBJECTED, V.DISMISS, S.CANDIDATE, DECIDE, latest="answer_by", frozen_from=S.CANDIDATE),
    Row(S.OBJECTED, V.DISMISS, S.CONFIRMED, DECIDE, latest="answer_by", frozen_from=S.CONFIRMED),
    Row(S.OBJECTED, V.DISMISS, S.NOTIFIED, DECIDE, latest="answer_by", frozen_from=S.NOTIFIED),
    # A publication that was frozen is a person's decision once more.
    Row(S.OBJECTED, V.DISMISS, S.NOTIFIED, DECIDE, latest="answer_by", frozen_from=S.PUBLISHED),
    # Mended: said by the household, seen at a re-visit (or by the next round): off the same day.
    *(Row(state, V.SAY_MENDED, state, MENDED) for state in OPEN),
    *(Row(state, V.STAY, state, LOOK) for state in OPEN),
    Row(S.CANDIDATE, V.MEND, S.MENDED, LOOK),
    Row(S.CONFIRMED, V.MEND, S.MENDED, LOOK),
    Row(S.NOTIFIED, V.MEND, S.MENDED, LOOK),
    Row(S.PUBLISHED, V.MEND, S.DELISTED, LOOK),
    Row(S.OBJECTED, V.MEND, S.MENDED, LOOK, frozen_from=S.CANDIDATE),
    Row(S.OBJECTED, V.MEND, S.MENDED, LOOK, frozen_from=S.CONFIRMED),
    Row(S.OBJECTED, V.MEND, S.MENDED, LOOK, frozen_from=S.NOTIFIED),
    Row(S.OBJECTED, V.MEND, S.DELISTED, LOOK, frozen_from=S.PUBLISHED),
    # The result itself was put right by a decision on late marks.
    *(Row(state, V.CORRECT, S.OVERTURNED, REVIEW) for state in OPEN),
    # Nobody's step: what the days alone decide, by reading.
    Row(S.CANDIDATE, V.LAPSE, S.DROPPED, NOBODY, after="lapses_on"),
    Row(S.CONFIRMED, V.LAPSE, S.DROPPED, NOBODY, after="lapses_on"),
    Row(S.NOTIFIED, V.LAPSE, S.DROPPED, NOBODY, after="lapses_on"),
    Row(S.OBJECTED, V.LAPSE, S.OVERTURNED, NOBODY, after="answer_by"),
    Row(S.PUBLISHED, V.LAPSE, S.EXPIRED, NOBODY, after="expires_on"),
)

RED_1 = (
    Row(None, V.PROPOSE, S.CANDIDATE, CLOSE),
    Row(S.CANDIDATE, V.PUBLISH, S.PUBLISHED, PUBLISH, latest="lapses_on"),
    Row(S.CANDIDATE, V.DROP, S.DROPPED, PUBLISH),
    Row(S.CANDIDATE, V.CORRECT, S.DROPPED, REVIEW),
    Row(S.CANDIDATE, V.RENEW, S.DROPPED, CLOSE),
    Row(S.PUBLISHED, V.DROP, S.DELISTED, PUBLISH),
    Row(S.PUBLISHED, V.CORRECT, S.DELISTED, REVIEW),
    Row(S.PUBLISHED, V.RENEW, S.EXPIRED, CLOSE),
    Row(S.CANDIDATE, V.LAPSE, S.DROPPED, NOBODY, after="lapses_on"),
    Row(S.PUBLISHED, V.LAPSE, S.EXPIRED, NOBODY, after="expires_on"),
)

TABLES: Mapping[str, tuple[Row, ...]] = {"black_1": BLACK_1, "red_1": RED_1}


def state_on(table: tuple[Row, ...], entry: Entry, on: date) -> S:
    """The state in which an entry stands that day: what its days alone have decided counts, booked or not (D12)."""
    for row in table:
        if row.source is entry.state and row.verb is V.LAPSE and row.after:
            last = getattr(entry, row.after)
            if last is not None and on > last:
                return row.target
    return entry.state


def move(table: tuple[Row, ...], entry: Entry, verb: V, on: date) -> Row | Problem:
    """The step this verb takes from where the entry stands that day, or why it cannot be taken."""
    stands = state_on(table, entry, on)
    if verb is V.LAPSE:
        rows = [row for row in table if row.source is entry.state and row.verb is verb and row.target is stands]
        return rows[0] if rows else Problem("honours.not_lapsed", {"state": entry.state.label})
    if stands is not entry.state:
        return Problem("honours.lapsed", {"state": stands.label})
    rows = [row for row in table if row.source is stands and row.verb is verb]
    rows = [row for row in rows if row.frozen_from in (None, entry.frozen_from)]
    if not rows:
        return Problem("honours.no_such_step", {"state": stands.label, "verb": verb.label})
    row = rows[0]
    if row.earliest and (first := getattr(entry, row.earliest)) is not None and on < first:
        return Problem("honours.too_early", {"day": first.isoformat()})
    if row.latest and (last := getattr(entry, row.latest)) is not None and on > last:
        return Problem("honours.lapsed", {"state": stands.label})
    if row.unless and getattr(entry, row.unless) is not None:
        return Problem("honours.revisit_first")
    return row


def verbs_of(table: tuple[Row, ...], entry: Entry, on: date) -> tuple[V, ...]:
    """The verbs that would be taken now, each once, in the table's order: what an entry's page may offer."""
    known = dict.fromkeys(row.verb for row in table if row.source is not None)
    return tuple(verb for verb in known if not isinstance(move(table, entry, verb, on), Problem))
