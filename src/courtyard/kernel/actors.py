"""Who acts: an account, a household behind its card and PIN, or the operator's terminal."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from courtyard.kernel.choices import Choice


class DutyKind(Choice):
    OPERATOR = "operator", "操作终端"
    COUNTY_OFFICER = "county_officer", "县干部"
    TOWN_CLERK = "town_clerk", "镇干部"
    VILLAGE_CADRE = "village_cadre", "村干部"
    EVALUATOR = "evaluator", "评比员"
    SHOPKEEPER = "shopkeeper", "积分超市营业员"
    SUPERVISOR = "supervisor", "监督员"
    HOUSEHOLDER = "householder", "农户"


@dataclass(frozen=True)
class Duty:
    """A duty at a place: its kind and the place's path ('' is the county)."""

    kind: DutyKind
    path: str


@dataclass(frozen=True)
class Actor:
    """Who does a thing: `kind` account | household | terminal, the row's id, a name to show, duties in force."""

    id: uuid.UUID
    kind: str
    name: str
    duties: tuple[Duty, ...]
