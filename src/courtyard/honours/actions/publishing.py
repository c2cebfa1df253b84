"""Publishing: black entries one by one by a second person, a village's red list at once by a second person; the wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from courtyard.honours.actions.moving import Turn, advance, advance_all, allowed
from courtyard.honours.actions.naming import sheet_token
from courtyard.honours.models import Listing, PasteTask
from courtyard.honours.queries.entries import Case, brought_by, case, cases, proposed_by
from courtyard.honours.queries.naming import ground_of
from courtyard.honours.rules.naming import reach_at_publication
from courtyard.honours.rules.persons import second_person
from courtyard.honours.rules.states import ListingKind, ListingState, PasteTaskState, Reach, Verb
from courtyard.honours.rules.terms import EXPIRY_MOST, expiry_day, notice_terms
from courtyard.households.models import Household
from courtyard.households.queries import on_care_list
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Round
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.problems import Problem, refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.queries import holidays
from courtyard.records.guard import swap
from courtyard.records.journal import act


def publish(
    *, listing: Listing, by: Actor, at: datetime, reach: Reach | None = None, command: UUID | None = None
) -> Listing:
    """Publish one black entry after its working days, by somebody who did not bring it this far.

    Refuses honours.too_early, .revisit_first, .second_person, .names_not_open, .not_on_lists (care list, nobody lives
    there, not taking part), .help_owed and what else the step table refuses.
    """
    refuse_if(allowed(by, "lists.publish", listing))
    given = {"listing": listing.pk, "reach": reach.value if reach else ""}
    with act(
        "honours.publish", by=by, at=at, chain=listing.village_id, subject=listing.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Listing.objects.get(pk=listing.pk)
        village_turn(pen)
        now, today = case(listing.pk), day_of(at)
        if now.listing.kind != ListingKind.BLACK.value:
            refuse("honours.red_goes_together")
        ground, documents = ground_of(listing.village_id, today)
        chosen = reach_at_publication(Reach(now.listing.reach), reach, ground)
        if isinstance(chosen, Problem):
            chosen.refuse()
        refuse_if(second_person(by.id, brought_by(listing)))
        if not _may_stand(now.listing.household):
            refuse("honours.not_on_lists")
        refuse_if(_still_to_wait(now, today))
        ends = expiry_day(now.process, today, now.listing.expires_on)
        advance(
            pen, listing.pk, Verb.PUBLISH, published_on=now.listing.published_on or today, expires_on=ends,
            reach=chosen.value, named_under_id=documents.pk if documents and chosen is Reach.NAMES else None,
        )  # fmt: skip
        if documents and chosen is Reach.NAMES:
            sheet_token(pen, listing.group_id, documents.pk)
        PasteTask.objects.filter(listing=listing, state=PasteTaskState.OPEN.value).update(
            state=PasteTaskState.DONE.value, done_on=today
        )
        pen.answer = {"listing": listing.pk, "expires_on": ends, "reach": chosen.value}
    return Listing.objects.get(pk=listing.pk)


def _still_to_wait(now: Case, today: date) -> Problem | None:
    """A day that was 暂定 is counted anew by the holidays known today: never earlier than it was said (D4)."""
    row = now.listing
    if not row.provisional or row.notified_on is None:
        return None
    first = notice_terms(now.process, row.notified_on, holidays()).publish_from
    return Problem("honours.too_early", {"day": first.isoformat()}) if today < first else None


def _may_stand(home: Household) -> bool:
    here = home.until is None and home.living == "lived_in" and home.participation == "taking_part"
    return here and not on_care_list([home.pk])


def enter_red(
    *, closed: Round, by: Actor, at: datetime, leave_out: Sequence[UUID] = (), command: UUID | None = None
) -> int:
    """Confirm and publish a village's red list of a round, as the second person beside whoever closed it.

    `leave_out`: entries not published. How many were. Refuses honours.second_person and .no_candidates.
    """
    refuse_if(may(by, "lists.publish", closed.village.path))
    given = {"round": closed.pk, "leave_out": sorted(entry.hex for entry in leave_out)}
    with act(
        "honours.enter_red", by=by, at=at, chain=closed.village_id, subject=closed.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        if pen.replayed:
            return int(pen.answer["published"])
        village_turn(pen)
        today = day_of(at)
        rows = Listing.objects.filter(round=closed, kind=ListingKind.RED.value, state=ListingState.CANDIDATE.value)
        found = [one for one in cases(rows) if one.state(today) is ListingState.CANDIDATE]
        if not found:
            refuse("honours.no_candidates")
        refuse_if(second_person(by.id, proposed_by([one.listing.pk for one in found])))
        fields = {"published_on": today, "expires_on": today + timedelta(days=EXPIRY_MOST)}
        turns = [
            Turn(one, Verb.DROP) if one.listing.pk in leave_out else Turn(one, Verb.PUBLISH, fields) for one in found
        ]
        rows_taken = advance_all(pen, turns)
        published = sum(row.verb is Verb.PUBLISH for row in rows_taken)
        pen.answer = {"round": closed.pk, "published": published}
    return published


def paste_done(*, task: PasteTask, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Somebody pasted 已整改 (or a cover) over the entry on the board. Refuses honours.paste_done_already."""
    refuse_if(may(by, "lists.publish", task.listing.group.path))
    with act(
        "honours.paste_done", by=by, at=at, chain=task.listing.village_id, subject=task.listing_id, command=command,
        given={"task": task.pk},
    ) as pen:  # fmt: skip
        if pen.replayed:
            return
        village_turn(pen)
        rows = PasteTask.objects.filter(pk=task.pk, state=PasteTaskState.OPEN.value)
        swap(rows, "honours.paste_done_already", state=PasteTaskState.DONE.value, done_on=day_of(at))
        pen.answer = {"task": task.pk}
