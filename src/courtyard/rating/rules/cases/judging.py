"""Run the cases of a file against a scheme and say, case by case, where the answers differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from courtyard.kernel.problems import Problem
from courtyard.rating.rules import engine_2, engines
from courtyard.rating.rules import story as s
from courtyard.rating.rules.cases import reading as r
from courtyard.rating.rules.cases.changing import NoSuchClause, changed
from courtyard.rating.rules.documents import SchemeDocument, decimal_text
from courtyard.rating.rules.facts import Facts, History, Outcome
from courtyard.rating.rules.loading import load_toml
from courtyard.rating.rules.parsing import check_data
from courtyard.rating.rules.reading import exact_milli

HOME, DAY = "home", date(2026, 1, 31)
PAST = {"last", "run", "earned", "after", "help_due"}


@dataclass(frozen=True)
class Difference:
    """What a case asked, what it expected and what came out."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True)
class Verdict:
    """One case: whether it holds, where it differs, and why it could not be run ('' where it could).

    `problem`: what is wrong with the scheme as the case changed it, where that is why."""

    name: str
    differences: tuple[Difference, ...] = ()
    fault: str = ""
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        """Whether every answer is the expected one."""
        return not self.differences and not self.fault


@dataclass(frozen=True)
class Judged:
    """All cases of a file; `problem` where the file itself cannot be read."""

    verdicts: tuple[Verdict, ...] = ()
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        """Whether there are cases and every one holds."""
        return self.problem is None and bool(self.verdicts) and all(one.ok for one in self.verdicts)


def judge(scheme: Mapping[str, Any], text: str) -> Judged:
    """Run a case file (TOML) against a scheme's tables, each case by itself."""
    data = load_toml(text)
    if isinstance(data, Problem):
        return Judged((), data)
    cases = data.get("case")
    if not isinstance(cases, list) or not cases or not all(isinstance(case, dict) for case in cases):
        return Judged((), Problem("rating.no_cases", {}))
    return Judged(tuple(_judged(scheme, case, place) for place, case in enumerate(cases, start=1)))


def _judged(scheme: Mapping[str, Any], case: Mapping[str, Any], place: int) -> Verdict:
    name = str(case.get("name", f"case {place}"))
    try:
        r.known(case, r.KEYS["case"] | r.ANSWERS)
        change = case.get("change", {})
        if not isinstance(change, Mapping):
            raise r.CaseFault('change: 应当写成 { "bands[good].least" = "85" }')
        check = check_data(changed(scheme, change, r.texts(case, "remove")))
        if check.document is None:
            first = check.problems[0]
            return Verdict(name, (), f"{first.code} {first.facts.get('clause', '')}".strip(), first)
        return Verdict(name, tuple(_differences(check.document, case)))
    except NoSuchClause as error:
        return Verdict(name, fault=f"change: 办法里没有「{error}」")
    except r.CaseFault as error:
        return Verdict(name, fault=str(error))


def _differences(document: SchemeDocument, case: Mapping[str, Any]) -> list[Difference]:
    asked = {key: value for key, value in case.items() if key in r.ANSWERS}
    r.shaped(asked)
    told = r.story(document, case)
    if told.events or told.expects:
        return _long(document, told) if not asked else _long(document, _closed(told, asked))
    if not asked:
        raise r.CaseFault("没有写要核对什么")
    if document.engine == 1 or PAST & case.keys():
        if "score_given" in case:  # a round knows marks alone: a score would be passed over in silence
            raise r.CaseFault("score_given: 算法 1 的办法、写了 last、run、earned、after、help_due 的例子,要写 marks")
        return _compared("", asked, _outcome_answers(engines.score(document, _facts(document, case)), document))
    home = s.Home(
        HOME, lived_in=r.flag(case, "lived_in", True), taking_part=r.flag(case, "taking_part", True),
        care=r.flag(case, "care", False), help_owed=r.flag(case, "help_owed", False),
    )  # fmt: skip
    events = [r.visit(document, case, HOME, DAY)]
    last = engine_2.period_of(document.scope.period, DAY).last
    run = engine_2.run(document, [home], events, last)
    return _compared("", asked, _answers(run, HOME, "", last))


def _closed(told: r.Story, asked: Mapping[str, Any]) -> r.Story:
    """A story whose answers stand on the case itself: of its only home, at the end of its last event's period."""
    raise r.CaseFault(f"{'、'.join(asked)}: 有 steps 的例子,要核对的写在 [[case.expect]] 里")


def _facts(document: SchemeDocument, case: Mapping[str, Any]) -> Facts:
    earned: tuple[tuple[str, int], ...] = ()
    last = case.get("last")
    if last is not None and last not in [band.code for band in document.bands]:
        raise r.CaseFault(f"last: 办法里没有等次「{last}」")
    if case.get("earned"):
        earned = ((document.ledgers[0].code, r.whole(case, "earned", 0)),)
    return Facts(
        r.marks(document, case),
        History(last, r.whole(case, "run", 0), earned),
        care=r.flag(case, "care", False),
        help_owed=r.flag(case, "help_owed", False),
        lived_in=r.flag(case, "lived_in", True),
        taking_part=r.flag(case, "taking_part", True),
    )


def _outcome_answers(outcome: Outcome, document: SchemeDocument) -> dict[str, Any]:
    after = engines.after(document, outcome.history, outcome)
    return {
        "grade": outcome.grade,
        "why": outcome.why,
        "score": outcome.score_milli,
        "areas": [area.score_milli for area in outcome.areas],
        "points": outcome.points * 1000,
        "awards": [_said(award.clause, award.points * 1000, award.cut * 1000) for award in outcome.awards],
        "candidates": [f"{one.listing} {one.clause}" for one in outcome.candidates],
        "never": [f"{never.listing} {' '.join(never.reasons)}" for never in outcome.never],
        "help_due": outcome.help_due,
        "after": f"{after.last} {after.run}",
    }


def _long(document: SchemeDocument, told: r.Story) -> list[Difference]:
    """Run to each day that is asked about; a spend is refused exactly where the case says so."""
    if not told.expects and not told.refusals:
        raise r.CaseFault("没有写要核对什么([[case.expect]])")
    found: list[Difference] = []
    days = sorted({one.day for one in told.expects} | {event.day for event in told.events})
    runs: dict[date, s.Told] = {}
    for day in sorted({one.day for one in told.expects} | {days[-1]}):
        runs[day] = engine_2.run(document, told.homes.values(), told.events, day, told.since)
    final = {refusal.spend: refusal.code for refusal in runs[max(runs)].refusals}
    for event in told.events:
        if isinstance(event, s.Spend) and final.get(event, "") != told.refusals.get(event, ""):
            expected = told.refusals.get(event, "") or "换成了"
            found.append(Difference(f"{event.day} {event.home} spend", expected, final.get(event, "") or "换成了"))
    for one in told.expects:
        code = one.home or (next(iter(told.homes)) if len(told.homes) == 1 else "")
        if one.member and not code:
            code = next((home.code for home in told.homes.values() if one.member in home.members), "")
        if code not in told.homes:
            raise r.CaseFault(f"expect.home: 例子里没有「{code}」这一户" if code else "expect.home: 没有写是哪一户")
        owners = told.homes[code].members if document.account == "person" and told.homes[code].members else (code,)
        answers = _answers(runs[one.day], code, one.member, one.day, owners)
        found += _compared(f"{one.day} {one.member or code} ", one.answers, answers)
    return found


def _answers(told: s.Told, home: str, member: str, day: date, owners: tuple[str, ...] = ()) -> dict[str, Any]:
    """Everything a case may ask of a home at the end of a day; its last closed period's result among it."""
    result = next((one for one in reversed(told.results) if one.home == home and one.period.last <= day), None)
    whose = (member,) if member else (owners or (home,))
    balances, standings = (
        {
            ledger: sum(held[owner, code] for owner, code in held if owner in whose and code == ledger)
            for _, ledger in held
        }
        for held in (told.balances, told.standings)
    )
    entries = [
        f"{row.day} {row.clause} {row.ledger} {decimal_text(row.milli)}" + (f" {row.why}" if row.why else "")
        for row in told.entries
        if row.home == home and (not member or row.owner == member)
    ]
    answers: dict[str, Any] = {
        "balance": balances,
        "standing": standings,
        "star": told.stars.get(whose[0]),
        "titles": list(told.titles.get(home, ())),
        "entries": entries,
    }
    if result is None:
        return answers
    own = [row for row in result.entries if not member or row.owner == member]
    return answers | {
        "score": result.score_milli,
        "grade": result.grade,
        "why": result.why,
        "rank": result.rank,
        "points": sum(row.milli for row in own),
        "areas": [area.score_milli for area in result.areas],
        "awards": [_said(row.clause, row.milli, row.cut_milli) for row in own],
        "candidates": [f"{listing} {clause}" for listing, clause in result.lists]
        + [f"{title} titles.{title}" for title in result.titles],
        "never": [f"{never.listing} {' '.join(never.reasons)}" for never in result.never],
        "lists": [listing for listing, _ in result.lists],
        "lost": list(result.lost),
        "prizes": [f"{prize} {fen}" for prize, fen in result.prizes],
        "vetoes": list(result.vetoes),
        "notes": list(result.notes),
    }


def _said(clause: str, milli: int, cut: int) -> str:
    return f"{clause} {decimal_text(milli)}" + (f" cut {decimal_text(cut)}" if cut else "")


def _compared(where: str, asked: Mapping[str, Any], found: Mapping[str, Any]) -> list[Difference]:
    """Where answers differ; numbers are compared as numbers, `entries` and tables only in what was asked."""
    out = []
    for key, expected in asked.items():
        if key not in found:
            out.append(Difference(where + key, str(expected), "(没有结果)"))
            continue
        got = found[key]
        if key in ("balance", "standing"):
            for ledger, value in expected.items():
                if exact_milli(value) != got.get(ledger):
                    out.append(Difference(f"{where}{key}.{ledger}", str(value), _shown(got.get(ledger))))
        elif key == "entries":
            out += [
                Difference(where + key, one, "没有这一笔;有:" + ";".join(got)) for one in expected if one not in got
            ]
        elif not _same(key, expected, got):
            out.append(Difference(where + key, str(expected), _told(key, got)))
    return out


NUMBERS = ("score", "points")


def _same(key: str, expected: Any, got: Any) -> bool:
    if key in NUMBERS:
        return got is not None and exact_milli(expected) == got
    if key == "areas":
        return [None if one == "" else exact_milli(one) for one in expected] == got
    if key in ("titles", "lists", "prizes", "notes", "vetoes", "lost"):
        return sorted(expected) == sorted(got)
    return bool(expected == got) or (expected == "" and got is None)


def _told(key: str, got: Any) -> str:
    """What came out, written as a case writes it."""
    if key == "areas":
        return str(["" if one is None else decimal_text(one) for one in got])
    return str(_shown(got) if key in NUMBERS else got)


def _shown(milli: int | None) -> str:
    return "(没有)" if milli is None else decimal_text(milli)
