"""What a village's lists ask of its people today, and one entry's page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from courtyard.honours.models import Correction, Listing, Look, Notice, Objection, PasteTask, Step, Words
from courtyard.honours.queries.entries import Case, around, case_within, cases, open_cases
from courtyard.honours.rules.persons import may_look
from courtyard.honours.rules.states import ListingKind, ListingState, LookKind, NoticeEvidence, PasteTaskState, Verb
from courtyard.households.models import Household
from courtyard.inspections.models import Round
from courtyard.inspections.queries.record import seen_at
from courtyard.inspections.queries.revisits import scores_in
from courtyard.inspections.queries.rounds import able_evaluators
from courtyard.inspections.rules.marks import Found
from courtyard.inspections.rules.revisits import areas_to_look_at
from courtyard.inspections.rules.states import ReviewState
from courtyard.kernel.choices import Choice
from courtyard.people.models import Account
from courtyard.people.queries import names
from courtyard.places.queries import within
from courtyard.rating.queries import document_of
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.sheet import sheet


class Task(Choice):
    """What an entry needs next, in the order of a desk."""

    ANSWER = "answer", "答复异议"
    REVISIT = "revisit", "上门看改好没有"
    LOOK = "look", "请两人复看"
    NOTICE = "notice", "告知农户"
    HELP = "help", "先帮好再说"
    PUBLISH = "publish", "可以公示"
    WAIT = "wait", "等公示日"
    STANDS = "stands", "公示中"
    PASTE = "paste", "贴「已整改」"
    CORRECT = "correct", "贴更正"


@dataclass(frozen=True)
class Item:
    """One line of the work list: what is to be done with which entry, by or from which day (暂定 where provisional)."""

    task: Task
    case: Case
    day: date | None
    provisional: bool = False
    paste: UUID | None = None
    correction: Correction | None = None


def lists_page(areas: Iterable[str], day: date) -> tuple[list[Item], list[RedWaiting]]:
    """What the black lists within areas ask for on a day, most urgent kind first, in order of places, and the rounds whose
    red list nobody confirmed yet (six queries at most)."""
    areas = tuple(areas)
    both = open_cases(areas)
    black = [one for one in both if one.listing.kind == ListingKind.BLACK.value]
    return _work_list(black, areas, day), _red(both, day)


def _work_list(black: Iterable[Case], areas: tuple[str, ...], day: date) -> list[Item]:
    found = [item for one in black if (item := _item(one, day)) is not None]
    tasks = PasteTask.objects.filter(within(areas, "listing__village__path"), state=PasteTaskState.OPEN.value)
    since = {listing: (task, when) for task, listing, when in tasks.values_list("pk", "listing_id", "since")}
    wrong = _wrong(areas, day)
    for one in cases(Listing.objects.filter(pk__in={*since, *wrong}).order_by("village__order", "group__order", "pk")):
        id = one.listing.pk
        if id in since:
            found.append(Item(Task.PASTE, one, since[id][1], paste=since[id][0]))
        if id in wrong:
            found.append(Item(Task.CORRECT, one, wrong[id].until, correction=wrong[id]))
    order = list(Task)
    return sorted(found, key=lambda item: order.index(item.task))


def _wrong(areas: Iterable[str], day: date) -> dict[UUID, Correction]:
    rows = Correction.objects.filter(within(areas, "listing__village__path"), until__gte=day)
    return {row.listing_id: row for row in rows.filter(state=PasteTaskState.OPEN.value)}


def _item(one: Case, day: date) -> Item | None:
    """An open entry's next task; one that its days alone have ended asks for nothing but the board being cleared."""
    row, state = one.listing, one.state(day)
    if state.value != row.state:
        return Item(Task.PASTE, one, row.expires_on) if row.state == ListingState.PUBLISHED.value else None
    if one.objection is not None and state is ListingState.OBJECTED:
        return Item(Task.ANSWER, one, one.objection.answer_by, one.objection.provisional)
    if row.mended_said_on is not None:
        return Item(Task.REVISIT, one, row.mended_said_on)
    if state is ListingState.CANDIDATE:
        return Item(Task.LOOK, one, row.lapses_on)
    if state is ListingState.CONFIRMED:
        return Item(Task.NOTICE, one, row.lapses_on)
    if state is ListingState.NOTIFIED:
        if one.help_owed:
            return Item(Task.HELP, one, row.lapses_on)
        ready = Verb.PUBLISH in one.verbs(day)
        return Item(Task.PUBLISH if ready else Task.WAIT, one, row.publish_from, row.provisional)
    return Item(Task.STANDS, one, row.expires_on)


def desk(areas: Iterable[str], day: date) -> tuple[list[Item], list[RedWaiting], list[tuple[Task, str]]]:
    """What lists ask of a desk today: black entries' tasks, red lists that wait, what is to be pasted where (three
    queries)."""
    areas = tuple(areas)
    both = open_cases(areas)
    black = [one for one in both if one.listing.kind == ListingKind.BLACK.value]
    items = [item for one in black if (item := _item(one, day)) is not None]
    return items, _red(both, day), _to_paste(areas, day)


def _to_paste(areas: Iterable[str], day: date) -> list[tuple[Task, str]]:
    """(paste over a delisted entry | paste a correction, the group) of what hangs on no wall yet, in order of places."""
    open_ones = {"state": PasteTaskState.OPEN.value}
    mine = within(areas, "listing__village__path")
    columns = ("listing__group__path", "listing__village__name", "listing__group__name")
    over = PasteTask.objects.filter(mine, **open_ones).order_by().values_list(Value(Task.PASTE.value), *columns)
    wrong = Correction.objects.filter(mine, until__gte=day, **open_ones).order_by()
    both = over.union(wrong.values_list(Value(Task.CORRECT.value), *columns), all=True)
    return [(Task(task), village + group) for task, _, village, group in sorted(both, key=lambda row: row[1])]


@dataclass(frozen=True)
class RedWaiting:
    """A round whose red list waits for the second person: how many homes are proposed."""

    round: Round
    homes: int


def _red(found: Iterable[Case], day: date) -> list[RedWaiting]:
    by_round: dict[UUID, list[Case]] = {}
    for one in found:
        if one.listing.kind == ListingKind.RED.value and one.state(day) is ListingState.CANDIDATE:
            by_round.setdefault(one.listing.round_id, []).append(one)
    waiting = []
    for homes in by_round.values():
        first = homes[0].listing
        first.round.village = first.village  # the same village, read already
        waiting.append(RedWaiting(first.round, len(homes)))
    return waiting


def red_list(round_id: UUID, day: date) -> list[Case]:
    """A round's red entries, candidates and published, in walking order."""
    rows = Listing.objects.filter(round=round_id, kind=ListingKind.RED.value)
    states = (ListingState.CANDIDATE, ListingState.PUBLISHED)
    ordered = rows.order_by("group__order", "group__path", "visit__order")
    return [one for one in cases(ordered) if one.state(day) in states]


@dataclass(frozen=True)
class StepLine:
    """One step of an entry's history: the day, what was done, by whom, with which words (None: erased or none)."""

    n: int
    day: date
    verb: Verb
    target: ListingState
    by: str
    words: str | None


@dataclass(frozen=True)
class LookLine:
    """What one person saw after the round, area by area where it was taken down as marks (decision 0008); whether it
    counts: not while a review of its marks is open or set them aside."""

    kind: LookKind
    day: date
    looker: str
    still_poor: bool
    seen: tuple[tuple[str, str], ...] = ()
    counts: bool = True


@dataclass(frozen=True)
class NoticeLine:
    """How a notice was brought."""

    evidence: NoticeEvidence
    first_day: date
    day: date
    serial: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class EntryPage:
    """One entry with everything a desk needs: where it stands, what can be done, what was seen, how it came so far."""

    case: Case
    state: ListingState
    verbs: tuple[Verb, ...]
    document: SchemeDocument
    findings: tuple[Found, ...]
    steps: tuple[StepLine, ...]
    looks: tuple[LookLine, ...]
    notices: tuple[NoticeLine, ...]
    objections: tuple[Objection, ...]
    evaluators: Mapping[UUID, str]
    lookers: Mapping[UUID, str]
    wanted: frozenset[str]


def entry_page(areas: Iterable[str], listing_id: UUID, day: date) -> EntryPage:
    """An entry within areas as its page shows it; what cannot be there yet is not asked for (eight queries at most).

    `wanted`: the areas a look must see. `evaluators` may go there now; `lookers`, of a candidate, are those who may look again. Refuses
    honours.entry_unknown.
    """
    one = case_within(areas, listing_id)
    row, state = one.listing, one.state(day)
    able = able_evaluators(row.village, day)
    steps = _steps(row)
    done = {step.verb for step in steps}
    document = document_of(row.round.version)
    return EntryPage(
        one,
        state,
        one.verbs(day),
        document,
        seen_at([row.visit_id]).get(row.visit_id, ()),
        steps,
        _looks(row, document),
        _notices(row, able) if Verb.NOTIFY in done else (),
        tuple(Objection.objects.filter(listing=row).order_by("raised_on", "pk")) if Verb.OBJECT in done else (),
        able,
        _lookers(row, able) if state is ListingState.CANDIDATE else {},
        areas_to_look_at(document, scores_in(row.breakdown_).items()),  # type: ignore[attr-defined]
    )


def _looks(listing: Listing, document: SchemeDocument) -> tuple[LookLine, ...]:
    rows = Look.objects.filter(listing=listing).annotate(who=_name_of("looker")).order_by("day", "pk")
    found, asked = [], sheet(document)
    rows = rows.annotate(values_=F("link__marks__values"), review_=F("link__marks__review__state"))
    for look in rows:
        given = sorted(json.loads(look.values_ or "{}").items())
        seen = tuple((document.area(area).name, asked.said(document.area(area), what)) for area, what in given)
        counts = look.review_ in (None, ReviewState.KEPT.value)
        found.append(LookLine(LookKind(look.kind), look.day, look.who, look.still_poor, seen, counts))
    return tuple(found)


def _name_of(column: str) -> Coalesce:
    """Whoever acted: an account, or the household itself; '' where it is neither."""
    account = Account.objects.filter(pk=OuterRef(column)).values("name")[:1]
    home = Household.objects.filter(pk=OuterRef(column)).values("head")[:1]
    return Coalesce(Subquery(account), Subquery(home), Value(""))


def _steps(listing: Listing) -> tuple[StepLine, ...]:
    said = Words.objects.filter(listing=OuterRef("listing"), step_n=OuterRef("n")).values("text")[:1]
    rows = Step.objects.filter(listing=listing).annotate(who=_name_of("by"), said=Subquery(said)).order_by("n")
    return tuple(StepLine(s.n, s.day, Verb(s.verb), ListingState(s.target), s.who, s.said) for s in rows)


def _notices(listing: Listing, known: Mapping[UUID, str]) -> tuple[NoticeLine, ...]:
    """How the notices were brought; who brought them is asked for only where it is nobody of today's evaluators."""
    rows = list(Notice.objects.filter(listing=listing).order_by("day", "pk"))
    people = {row.pk: [UUID(hex=person) for person in json.loads(row.people)] for row in rows}
    gone = {person for each in people.values() for person in each} - set(known)
    who = {**known, **({UUID(str(pk)): name for pk, name in names(gone).items()} if gone else {})}
    return tuple(
        NoticeLine(
            NoticeEvidence(row.evidence), row.first_day, row.day, row.serial,
            tuple(who.get(person, "") for person in people[row.pk]),
        )
        for row in rows
    )  # fmt: skip


def _lookers(listing: Listing, able: Mapping[UUID, str]) -> dict[UUID, str]:
    """Who of the village's evaluators may look again at an entry: not of the panel, not kin, not of the group."""
    near = around(listing)
    return {person: name for person, name in able.items() if may_look(person, near) is None}
