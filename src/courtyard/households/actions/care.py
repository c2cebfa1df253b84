"""The care list, proposed and confirmed; evaluators' own homes and kin."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from courtyard.households.models import Care, Household, Kin
from courtyard.households.rules.states import CareKind, CareState, KinKind
from courtyard.kernel.actors import Actor
from courtyard.kernel.ids import uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.models import Account
from courtyard.people.rules import may
from courtyard.records.guard import swap
from courtyard.records.journal import act


def propose_care(*, household: Household, kind: CareKind, by: Actor, at: datetime, command: UUID | None = None) -> Care:
    """Propose a household for the care list. Refuses what is on the list already, in whatever state."""
    refuse_if(may(by, "households.keep", household.group.path))
    care = Care(id=uuid7(), household=household, kind=kind.value, state=CareState.PROPOSED.value)
    given = {"household": household.pk, "kind": kind.value}
    with act(
        "households.propose_care", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, conflict="households.care_known",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Care.objects.get(pk=pen.answer["care"])
        if Care.objects.filter(household=household, kind=kind.value).exists():
            refuse("households.care_known", kind=kind.label)
        care.save(force_insert=True)
        pen.answer = {"care": care.pk}
    return care


def confirm_care(*, care: Care, confirmed: bool, by: Actor, at: datetime, command: UUID | None = None) -> Care:
    """Confirm a line of the care list, or decline it; a decision may be changed later. Refuses one that stands so."""
    refuse_if(may(by, "households.keep", care.household.group.path))
    new = (CareState.CONFIRMED if confirmed else CareState.DECLINED).value
    given = {"care": care.pk, "state": new}
    with act(
        "households.confirm_care", by=by, at=at, chain=care.household.village_id, subject=care.household_id,
        command=command, given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            swap(Care.objects.filter(pk=care.pk).exclude(state=new), "households.care_decided", state=new)
            pen.answer = {"care": care.pk, "state": new}
    care.refresh_from_db()
    return care


def declare_kin(
    *, account: Account, household: Household, kind: KinKind, by: Actor, at: datetime, command: UUID | None = None
) -> Kin:
    """Declare that a household is this person's own home or kin: they step aside there. A cadre does, or they themselves.

    Refuses what is declared already.
    """
    if by.id != account.pk:
        refuse_if(may(by, "households.keep", household.group.path))
    kin = Kin(id=uuid7(), account=account, household=household, kind=kind.value)
    given = {"account": account.pk, "household": household.pk, "kind": kind.value}
    with act(
        "households.declare_kin", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given, conflict="households.kin_known",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Kin.objects.get(pk=pen.answer["kin"])
        if Kin.objects.filter(account=account, household=household).exists():
            refuse("households.kin_known")
        kin.save(force_insert=True)
        pen.answer = {"kin": kin.pk}
    return kin


def withdraw_kin(*, kin: Kin, by: Actor, at: datetime, command: UUID | None = None) -> None:
    """Take back a wrong declaration; only a cadre may, never the evaluator it keeps away."""
    household = kin.household
    refuse_if(may(by, "households.keep", household.group.path))
    if by.id == kin.account_id:
        refuse("households.own_kin")
    given = {"kin": kin.pk}
    with act(
        "households.withdraw_kin", by=by, at=at, chain=household.village_id, subject=household.pk, command=command,
        given=given,
    ) as pen:  # fmt: skip
        if not pen.replayed:
            removed, _ = Kin.objects.filter(pk=kin.pk).delete()
            if not removed:
                refuse("households.kin_unknown")
