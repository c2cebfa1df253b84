"""Joint grading before a first round: ten yards drawn, each evaluator's sheet typed in. Apart from rounds, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from courtyard.households.queries import rated_homes
from courtyard.inspections.actions.turn import village_turn
from courtyard.inspections.models import Calibration, CalibrationSheet, CalibrationYard
from courtyard.inspections.queries.groups import group_on, members_of
from courtyard.inspections.rules import calibration as rules
from courtyard.inspections.rules.keeping import MONTHS_KEPT, last_month_erased
from courtyard.kernel.actors import Actor
from courtyard.kernel.days import day_of
from courtyard.kernel.ids import random_bytes, uuid7
from courtyard.kernel.problems import refuse, refuse_if
from courtyard.people.rules import may
from courtyard.places.models import Place
from courtyard.rating.queries import document_of, in_force
from courtyard.records.journal import act
from courtyard.records.rules import canonical


def draw_yards(*, village: Place, by: Actor, at: datetime, command: UUID | None = None) -> Calibration:
    """Draw the yards that the village's evaluation group grades together, once a group; all where there are under ten.

    Refuses inspections.no_group, .yards_drawn, .no_scheme, .no_homes.
    """
    refuse_if(may(by, "rounds.open", village.path))
    with act(
        "inspections.draw_yards", by=by, at=at, chain=village.pk, command=command, given={"village": village.pk},
        conflict="inspections.yards_drawn",
    ) as pen:  # fmt: skip
        if pen.replayed:
            return Calibration.objects.get(pk=pen.answer["calibration"])
        village_turn(pen)
        today = day_of(at)
        group = group_on(village.pk, today)
        if group is None:
            refuse("inspections.no_group", village=village.name)
        if Calibration.objects.filter(group=group).exists():
            refuse("inspections.yards_drawn")
        scheme = in_force(village, today)
        if scheme is None:
            refuse("inspections.no_scheme", village=village.name, month=f"{today:%Y-%m}")
        homes = list(rated_homes(village.path).values_list("id", flat=True))
        if not homes:
            refuse("inspections.no_homes", village=village.name)
        made = Calibration(id=uuid7(), group=group, seed=random_bytes(16).hex(), version=scheme.version, day=today)
        made.save(force_insert=True)
        CalibrationYard.objects.bulk_create(
            CalibrationYard(id=uuid7(), calibration=made, household_id=home, n=n)
            for n, home in enumerate(rules.drawn(homes, made.seed), start=1)
        )
        pen.subject = made.pk.hex
        pen.answer = {"calibration": made.pk, "seed": made.seed, "yards": min(len(homes), rules.YARDS)}
    return made


def grade_yards(
    *, calibration: Calibration, evaluator: UUID, values: rules.Values, by: Actor, at: datetime,
    command: UUID | None = None,
) -> CalibrationSheet:  # fmt: skip
    """Take in what one member gave at the drawn yards (yard number → area → label); again puts the earlier sheet right.

    `by` is the evaluator or types from paper. Refuses inspections.not_a_member, .yard_unknown, .yard_incomplete.
    """
    village = calibration.group.village
    own = by.id == evaluator and may(by, "marks.own", village.path) is None
    if not own:
        refuse_if(may(by, "marks.enter", village.path))
    plain = {str(yard): dict(given) for yard, given in sorted(values.items())}
    given = {"calibration": calibration.pk, "evaluator": evaluator, "values": plain}
    with act(
        "inspections.grade_yards", by=by, at=at, chain=village.pk, subject=calibration.pk, command=command, given=given,
    ) as pen:  # fmt: skip
        sheets = CalibrationSheet.objects.filter(calibration=calibration, evaluator=evaluator)
        if pen.replayed:
            return sheets.get()
        village_turn(pen)
        if not members_of(calibration.group_id).filter(account=evaluator).exists():
            refuse("inspections.not_a_member")
        yards = CalibrationYard.objects.filter(calibration=calibration).count()
        refuse_if(rules.unfit_sheet(document_of(calibration.version), values, yards))
        sheet, _ = sheets.update_or_create(
            calibration=calibration,
            evaluator_id=evaluator,
            defaults={"values": canonical(plain), "day": day_of(at)},
            create_defaults={"id": uuid7(), "values": canonical(plain), "day": day_of(at)},
        )
        pen.answer = {"yards": yards}
    return sheet


def forget_joint_grading(*, kept: Calibration, by: Actor, at: datetime, command: UUID | None = None) -> int:
    """Erase a joint grading's sheets and which yards they were of, twelve months after it was drawn; how many sheets.

    What was seen at a home is kept no longer by this road than by any other (DOMAIN §4.10). Refuses
    inspections.joint_kept_still.
    """
    village = kept.group.village
    refuse_if(may(by, "records.erase", village.path))
    if kept.day.replace(day=1) > last_month_erased(day_of(at)):
        refuse("inspections.joint_kept_still", day=kept.day.isoformat(), months=MONTHS_KEPT)
    with act(
        "inspections.forget_joint_grading", by=by, at=at, chain=village.pk, subject=kept.pk, command=command,
        given={"calibration": kept.pk},
    ) as pen:  # fmt: skip
        if not pen.replayed:
            erased, _ = CalibrationSheet.objects.filter(calibration=kept).delete()
            CalibrationYard.objects.filter(calibration=kept).delete()
            pen.answer = {"erased": erased, "months": MONTHS_KEPT}
    return int(pen.answer["erased"])


def as_values(typed: Mapping[tuple[int, str], str]) -> dict[int, dict[str, str]]:
    """(yard, area) → label as a sheet's values."""
    found: dict[int, dict[str, str]] = {}
    for (yard, area), label in typed.items():
        found.setdefault(yard, {})[area] = label
    return found
