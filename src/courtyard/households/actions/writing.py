"""Writing one step of an import: a set a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from courtyard.households.actions.numbers import new_short_numbers
from courtyard.households.actions.rows import insert
from courtyard.households.models import Care, Household, ImportLine, ImportRun, Question
from courtyard.households.rules.answers import Answer
from courtyard.households.rules.comparison import Comparison, Wanted
from courtyard.households.rules.initials import initials
from courtyard.households.rules.roster import Taken
from courtyard.households.rules.states import CareState, Living, QuestionKind, QuestionState
from courtyard.households.sealing import phone_sealer
from courtyard.kernel.ids import uuid7, uuid7s
from courtyard.places.models import Place
from courtyard.records.rules import canonical
from courtyard.records.sets import among, put_plain

COLUMNS = (
    "id", "village_id", "group_id", "town_id", "code", "short", "head", "initials", "bay", "door", "people",
    "phone_sealed", "phone_key", "phone_index", "last_four_index", "living", "participation", "red_name", "messages",
    "countersign_id", "since", "until", "changed",
)  # fmt: skip
LINE_COLUMNS = ("run_id", "household_id", "was_new", "before")
QUESTION_COLUMNS = ("id", "household_id", "other_id", "kind", "state", "asked", "answer")
CARE_COLUMNS = ("id", "household_id", "kind", "state")
BEFORE = ("group_id", "head", "initials", "people", "bay", "door", "phone_sealed", "phone_key", "phone_index",
          "last_four_index")  # fmt: skip
_FOUND = {"group": "group_id", "head": "head", "people": "people", "bay": "bay", "door": "door"}


class StepWriter:
    """The writing of one step, a set a table."""

    def __init__(self, run: ImportRun, village: Place, groups: dict[str, Place], number: int, day: date) -> None:
        self.run, self.village, self.groups, self.number, self.day = run, village, groups, number, day

    def write(self, compared: Comparison, phones: dict[int, tuple[str, str]]) -> dict[str, int]:
        self.key_id, self.seal = phone_sealer(len(compared.new) + len(compared.changed))
        made = self._new(compared.new, phones)
        self._changed(compared, phones)
        pairs = [(home, one.row) for home, one in made]
        pairs += [(home.id, one.row) for home, one, _ in compared.changed]
        pairs += [(home.id, one.row) for home, one in compared.unchanged if not home.ended]
        self._answer_back([home for home, _ in pairs[len(made) :]])
        return {
            "new": len(made),
            "changed": len(compared.changed),
            "unchanged": len(compared.unchanged),
            "ended": len(compared.ended),
            "care": self._care(pairs, len(made)),
            "not_lived_in": sum(row.living is not Living.LIVED_IN for _, row in pairs),
            "asked": self._moved(made) + self._maybe_empty(compared),
        }

    def _new(self, new: Sequence[Wanted], phones: dict[int, tuple[str, str]]) -> list[tuple[UUID, Wanted]]:
        if not new:
            return []
        shorts, ids = new_short_numbers(self.village.town_id, len(new)), uuid7s(len(new))  # type: ignore[arg-type]
        village, town, day, run = self.village.pk.hex, _hex(self.village.town_id), self.day.isoformat(), self.run.pk.hex
        countersign = _hex(self.run.countersign_id)
        groups = {name: group.pk.hex for name, group in self.groups.items()}
        homes = []
        for (row, _), short, id in zip(new, shorts, ids, strict=True):
            sealed = self.seal(id, row.phone) if row.phone else None
            homes.append(
                (
                    id.hex, village, groups[row.group], town, row.code, short, row.name, initials(row.name), row.bay,
                    row.door, row.people, sealed, self.key_id if sealed else "", *phones[row.row], row.living.value,
                    "taking_part", "no", "no", countersign, day, None, self.number,
                )
            )  # fmt: skip
        put_plain("households_household", COLUMNS, homes)
        before = canonical({"number": self.number})
        put_plain("households_importline", LINE_COLUMNS, [(run, home[0], True, before) for home in homes])
        return list(zip(ids, new, strict=True))

    def _changed(self, compared: Comparison, phones: dict[int, tuple[str, str]]) -> None:
        if not compared.changed:
            return
        fields_of = {home.id: (one, fields) for home, one, fields in compared.changed}
        homes = list(Household.objects.filter(pk__in=list(fields_of)))
        lines = []
        for home in homes:
            before = {name: getattr(home, name) for name in BEFORE}
            lines.append((self.run.pk, home.pk, False, canonical({**before, "number": self.number})))
            one, fields = fields_of[home.pk]
            row = one.row
            new: dict[str, Any] = {"group": self.groups[row.group].pk, "head": row.name, "people": row.people}
            new |= {"bay": row.bay, "door": row.door}
            for name in fields:
                if name == "phone":
                    home.phone_sealed, home.phone_key = self.seal(home.pk, row.phone or ""), self.key_id
                    home.phone_index, home.last_four_index = phones[row.row]
                else:
                    setattr(home, _FOUND[name], new[name])
            home.initials, home.changed = initials(home.head), self.number
        Household.objects.bulk_update(homes, [*BEFORE, "changed"], batch_size=200)
        known = set(
            ImportLine.objects.filter(run=self.run, household__in=list(fields_of)).values_list("household", flat=True)
        )
        insert("households_importline", LINE_COLUMNS, [line for line in lines if line[1] not in known])

    def _care(self, pairs: Sequence[tuple[UUID, Taken]], new: int) -> int:
        """Propose what the remarks say and the care list does not have in any state; how many were proposed.

        The first `new` of the pairs are homes of this step, which no line stands for yet.
        """
        wanted = [(home, kind.value) for home, row in pairs for kind in row.care]
        old = [home for home, row in pairs[new:] if row.care]
        known = set(Care.objects.filter(household__in=old).values_list("household", "kind")) if old else set()
        fresh = [one for one in wanted if one not in known]
        rows = [
            (id.hex, home.hex, kind, CareState.PROPOSED.value)
            for id, (home, kind) in zip(uuid7s(len(fresh)), fresh, strict=True)
        ]
        put_plain("households_care", CARE_COLUMNS, rows)
        return len(rows)

    def _answer_back(self, homes: Sequence[UUID]) -> None:
        """Whoever a roster names again has not vanished; nothing was ever asked about a home that is new."""
        if not homes:
            return
        asked = Question.objects.filter(
            household__in=list(homes), kind=QuestionKind.VANISHED.value, state=QuestionState.OPEN.value
        )
        asked.update(state=QuestionState.ANSWERED.value, answer=Answer.BACK.value)

    def _moved(self, made: Sequence[tuple[UUID, Wanted]]) -> int:
        """Ask where another village has a household of the same code, head and phone: never a move by itself."""
        by_phone = {one.phone: (home, one.row) for home, one in made if one.phone}
        if not by_phone:
            return 0
        others = (
            Household.objects.filter(until=None)
            .extra(**among("households_household.phone_index", by_phone))
            .exclude(village=self.village)
            .values_list("id", "code", "head", "phone_index")
        )
        questions = []
        for id, code, head, phone in others:
            home, row = by_phone[phone]
            if (code, head) == (row.code, row.name):
                questions.append(self._question(home, QuestionKind.MAYBE_MOVED, id))
        return ask(questions)

    def _maybe_empty(self, compared: Comparison) -> int:
        """Ask once where a roster says that nobody lives in a home the register has as lived in."""
        wanted = [home.id for home in compared.maybe_empty]
        if not wanted:
            return 0
        asked = Question.objects.filter(household__in=wanted, kind=QuestionKind.LIVING.value)
        known = set(asked.values_list("household", flat=True))
        return ask([self._question(home, QuestionKind.LIVING) for home in wanted if home not in known])

    def _question(self, home: UUID, kind: QuestionKind, other: UUID | None = None) -> tuple[Any, ...]:
        return question(home, kind, self.day, other)


def _hex(id: UUID | None) -> str | None:
    return id.hex if id else None


def question(home: UUID, kind: QuestionKind, day: date, other: UUID | None = None) -> tuple[Any, ...]:
    return (uuid7(), home, other, kind.value, QuestionState.OPEN.value, day, "")


def ask(questions: Sequence[tuple[Any, ...]]) -> int:
    """Put questions; one open question of a kind a household is enough."""
    if not questions:
        return 0
    homes = [row[1] for row in questions]
    rows = Question.objects.filter(household__in=homes, state=QuestionState.OPEN.value)
    known = set(rows.values_list("household", "kind"))
    fresh = list({(row[1], row[3]): row for row in questions if (row[1], row[3]) not in known}.values())
    insert("households_question", QUESTION_COLUMNS, fresh)
    return len(fresh)
