"""Who does not agree with a grade while no entry is open: one answered by the village, the last one waiting today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from courtyard.honours.actions import answer_grade_objection, raise_objection
from courtyard.honours.queries.entries import open_in
from courtyard.honours.queries.grade_objections import grade_case_within, waiting_answers
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.queries import kin_of, rated_homes
from courtyard.inspections.queries.results import results_of_round
from courtyard.kernel.days import day_of
from courtyard.ops.demo.facts import data
from courtyard.ops.demo.town import Town, first_of
from courtyard.rating.queries import document_of

RAISED_AFTER, ANSWERED_AFTER = 2, 5


def plan(town: Town, village: Any, closed: Any, day: date) -> None:
    """Of each round one home in between the best and the worst grade says so; the last round's waits for its answer."""
    listed = {one.listing.household_id for one in open_in(village.pk)}
    between = [band.code for band in document_of(closed.version).bands][1:-1]
    grades = {row.household: row.grade for row in results_of_round(closed.pk)}
    staff = {town.cadre(village).id, town.deputy(village).id}
    aside = {home for _, home in kin_of(staff)} | listed  # kin write nothing down and answer nothing
    found = [home for home in rated_homes(village.path) if grades.get(home.pk) in between and home.pk not in aside]
    if not found:
        return
    home = min(found, key=lambda one: one.code)

    def say(at: datetime) -> None:
        words = data()["words"]["objection"]
        by = town.cadre(village)
        raise_objection(household=home, channel=ObjectionChannel.SPOKEN, words=words, by=by, at=at)

    def answer(at: datetime) -> None:
        for one in waiting_answers([village.path], day_of(at)):
            row = grade_case_within([village.path], one.row.pk, day_of(at)).row
            reasons, by = data()["words"]["dismissed"], town.deputy(village)
            answer_grade_objection(objection=row, upheld=False, reasons=reasons, by=by, at=at)

    town.agenda.on(day + timedelta(days=RAISED_AFTER), 13, 20, say)
    if closed.month != first_of(town.today, 1):
        town.agenda.on(day + timedelta(days=ANSWERED_AFTER), 13, 40, answer)
