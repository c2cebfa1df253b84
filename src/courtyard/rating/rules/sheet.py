"""The score sheet a scheme asks for: what office entry, the paper and the phone show (the phone never scores: D14)."""

from __future__ import annotations

from dataclasses import dataclass

from courtyard.rating.rules.documents import DECLINED, Area, SchemeDocument


@dataclass(frozen=True)
class ChoiceKey:
    """One thing an evaluator may say, its word and its key; `consent_only`: just in areas entered by consent."""

    code: str
    name: str
    key: str
    consent_only: bool = False


@dataclass(frozen=True)
class ScoreSheet:
    """Areas in walking order with their pictures; choices an area takes; keys that speak of the whole home."""

    areas: tuple[Area, ...]
    choices: tuple[ChoiceKey, ...]
    whole_home: tuple[ChoiceKey, ...]


def sheet(document: SchemeDocument) -> ScoreSheet:
    """Areas, choices and picture list for one evaluator. No choice is a default."""
    labels = tuple(ChoiceKey(label.code, label.name, label.key) for label in document.sheet.labels)
    declined = ChoiceKey(DECLINED, "主人没同意进屋(不算差)", "0", consent_only=True)
    return ScoreSheet(
        areas=document.sheet.areas,
        choices=(*labels, declined),
        whole_home=(ChoiceKey("not_at_home", "没在家", "8"), ChoiceKey("kin", "我是亲戚,不评", "9")),
    )
