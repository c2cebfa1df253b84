"""Enumerations with a Chinese label, usable by rules (no Django) and by model fields alike."""

from __future__ import annotations

from enum import Enum


class Choice(str, Enum):
    """`NAME = "code", "中文"`: the value is the code, `.label` the Chinese word of docs/glossary.md."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, label) pairs as Django model fields take them."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def codes(cls) -> list[str]:
        return [member.value for member in cls]
