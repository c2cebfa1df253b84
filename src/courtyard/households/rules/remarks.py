"""What a roster's remark means for a household; the remark itself is never kept (DOMAIN §4.7)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from courtyard.households.rules.states import CareKind, Living

_CARE = (
    (CareKind.ELDER_ALONE, r"独居|空巢|孤寡|五保|特困|孤老|老人单独居住"),
    (CareKind.DISABLED, r"残疾|残障|肢残|失能|瘫痪|智障|偏瘫|盲人|失明|聋哑"),
    (CareKind.ILL, r"重病|大病|重症|尿毒症|癌|卧床|透析|白血病"),
    (CareKind.CHILD_ALONE, r"留守儿童|孤儿|困境儿童|无人抚养|留守小孩|留守孩子"),
)
_EMPTY = r"空置|空房|空户|空宅|闲置|无人居住|无人住|没人住|没有人住|人去房空|[全举阖]家搬|搬走|搬离|外迁"
_AWAY = (
    r"[常长]年在外|[常长]年外出|长期在外|长期外出|[常长]年不在|长期不在|[全举阖]家外出|[全举阖]家在外|"
    r"[全举阖]家务工|外出未归|不在村|不在家居住|外地居住|在外居住|[常长]年.{0,6}(?:打工|务工)"
)
# 「无残疾」「非独居」「原空置」「已不空置」 say the contrary.
_NOT = re.compile(r"(?:无|非|不|未|没|没有|不是|不属于|不再|并非|原|曾|曾经|原来|以前|否)$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a remark proposes: kinds of care, and whether anybody lives there."""

    care: tuple[CareKind, ...] = ()
    living: Living = Living.LIVED_IN


def _said(pattern: str, text: str) -> bool:
    return any(not _NOT.search(text[: found.start()]) for found in re.finditer(pattern, text))


@lru_cache(maxsize=4096)
def meaning_of(remark: str) -> Meaning:
    """独居老人, 残疾, 重病, 留守儿童 … propose the care list; 空置, 常年在外 … mean that nobody lives there."""
    text = "".join(unicodedata.normalize("NFKC", remark).split())
    if not text:
        return Meaning()
    care = tuple(kind for kind, pattern in _CARE if _said(pattern, text))
    living = Living.EMPTY if _said(_EMPTY, text) else Living.AWAY if _said(_AWAY, text) else Living.LIVED_IN
    return Meaning(care, living)
