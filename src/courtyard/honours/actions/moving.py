"""Moving entries: the rule's step, compare and swap, the step's row, the words beside it, the task on the wall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from courtyard.honours.models import Correction, HelpTask, Listing, PasteTask, Step, Words
from courtyard.honours.queries.entries import OPEN_CODES, Case, case
from courtyard.honours.rules.correcting import days_stood, last_day
from courtyard.honours.rules.help import EndedBy, HelpState
from courtyard.honours.rules.states import ListingKind, ListingState, PasteTaskState, Verb
from courtyard.honours.rules.steps import OPEN, Row
from courtyard.inspections.rules.marks import unfit_words
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.paths import household
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.kernel.texts import clean
from courtyard.people.rules import may
from courtyard.records.journal import Pen
from courtyard.records.rules import salted
from courtyard.records.sets import put

WORDS_MOST = 1000


@dataclass(frozen=True)
class Turn:
    """One entry's step to be booked: by which verb, with which new days."""

    case: Case
    verb: Verb
    fields: Mapping[str, Any] = field(default_factory=dict)


def allowed(by: Actor, verb: str, listing: Listing) -> Problem | None:
    """Why this actor may not do this verb with an entry; a household's own duty lies on its own segment of the path."""
    return may(by, verb, household(listing.group.path, listing.household.code))


def advance(pen: Pen, listing_id: UUID, verb: Verb, words: str = "", **fields: Any) -> Case:
    """Take one step with one entry, read fresh inside the act; returns the case as it was before. Refuses honours.*."""
    before = case(listing_id)
    advance_all(pen, [Turn(before, verb, fields)], words)
    return before


def advance_all(pen: Pen, turns: Sequence[Turn], words: str = "") -> list[Row]:
    """Take a step with many entries as sets: one update a kind of change, one insert of steps.

    Raises the first Problem; an entry that somebody moved in the same moment is refused as honours.moved_on.
    """
    today, rows = day_of(pen.at), []
    for turn in turns:
        row = turn.case.step(turn.verb, today)
        if isinstance(row, Problem):
            row.refuse()
        rows.append(row)
    pairs = list(zip(turns, rows, strict=True))
    _swap(pen, pairs)
    _steps(pen, pairs, words)
    left = {
        t.case.listing.pk for t, row in pairs if row.source is ListingState.PUBLISHED and row.target is not row.source
    }
    _paste(left, today)
    _fine_without_help({t.case.listing.household_id for t, row in pairs if row.verb in (Verb.MEND, Verb.CLEAR)}, today)
    _correct(pen, [turn.case.listing for turn, row in pairs if row.target is ListingState.OVERTURNED])
    return rows


def _swap(pen: Pen, pairs: Iterable[tuple[Turn, Row]]) -> None:
    pen.take_number()
    today = day_of(pen.at)
    changes: dict[tuple[Any, ...], list[UUID]] = {}
    for turn, row in pairs:
        new = tuple(sorted(turn.fields.items()))
        if row.target not in OPEN:
            new += (("ended_on", today),)
        changes.setdefault((turn.case.listing.state, row.target.value, new), []).append(turn.case.listing.pk)
    for (old, target, new), ids in changes.items():
        rows = Listing.objects.filter(pk__in=ids, state=old)
        if rows.update(state=target, changed=pen.number, **dict(new)) != len(ids):
            refuse("honours.moved_on")


def _steps(pen: Pen, pairs: Sequence[tuple[Turn, Row]], words: str) -> None:
    """The steps' rows; words (one entry's reasons) lie beside theirs under a salt and can be erased."""
    words = clean(words)
    refuse_if(unfit_words(words, most=WORDS_MOST, field="说明"))
    ids = [turn.case.listing.pk for turn, _ in pairs]
    last = dict(Step.objects.filter(listing__in=ids).values_list("listing").annotate(n=Max("n")))
    steps = []
    for turn, row in pairs:
        listing, salt = turn.case.listing, random_bytes(16)
        n = last.get(listing.pk, 0) + 1
        source = row.source.value if row.source else ""
        step = Step(listing=listing, n=n, verb=row.verb.value, source=source, target=row.target.value)
        step.day, step.at, step.by = day_of(pen.at), pen.at, pen.by.id
        step.words_sha256 = salted(salt, words) if words else ""
        steps.append(step)
        if words:
            Words.objects.bulk_create([Words(id=uuid7(), listing=listing, step_n=n, text=words, salt=salt)])
    pen.grow(steps)


def begin(pen: Pen, listings: Sequence[Listing]) -> None:
    """Put in new candidates with their first step; a home has one open entry at most, on either list (DOMAIN §4.3).

    Refuses honours.entry_open_already.
    """
    homes = [row.household_id for row in listings]
    beside = Listing.objects.filter(household__in=homes, state__in=OPEN_CODES).select_related("household")
    if (taken := beside.order_by("pk").first()) is not None:
        refuse("honours.entry_open_already", code=taken.household.code, listing=ListingKind(taken.kind).label)
    pen.take_number()
    for row in listings:
        row.changed = pen.number
    put(listings)
    today = day_of(pen.at)
    pen.grow(
        [
            Step(listing_id=row.pk, n=1, verb=Verb.PROPOSE.value, source="", target=row.state, day=today, at=pen.at,
                 by=pen.by.id)
            for row in listings
        ]
    )  # fmt: skip


def _fine_without_help(homes: set[UUID], today: date) -> None:
    """A home that was seen not to be poor needs no help any more, unless somebody has set out already."""
    if homes:
        rows = HelpTask.objects.filter(household__in=homes, state=HelpState.OPEN.value)
        rows.update(state=HelpState.ENDED.value, ended_on=today, ended_by=EndedBy.SEEN.value)


def _paste(left: set[UUID], today: date) -> None:
    """What leaves the board leaves a task: paste over it; one that was done before is open once more."""
    if not left:
        return
    black = set(Listing.objects.filter(pk__in=left, kind="black").values_list("pk", flat=True))
    tasks = PasteTask.objects.filter(listing__in=black)
    known = set(tasks.values_list("listing_id", flat=True))
    tasks.update(state=PasteTaskState.OPEN.value, since=today, done_on=None)
    PasteTask.objects.bulk_create(
        [PasteTask(id=uuid7(), listing_id=pk, since=today) for pk in sorted(black - known)], batch_size=2000
    )


def _correct(pen: Pen, wrong: Sequence[Listing]) -> None:
    """What was published and was wrong is corrected where it stood, for as many days; the board's task says so."""
    published = [one for one in wrong if one.kind == "black" and one.published_on is not None]
    if not published:
        return
    moves: dict[UUID, list[tuple[date, str, str]]] = {}
    steps = Step.objects.filter(listing__in=published).order_by("n")
    for listing, day, source, target in steps.values_list("listing_id", "day", "source", "target"):
        moves.setdefault(listing, []).append((day, source, target))
    today = day_of(pen.at)
    for one in published:
        until = last_day(today, days_stood(moves[one.pk], today))
        Correction(id=uuid7(), listing=one, since=today, until=until).save(force_insert=True)
