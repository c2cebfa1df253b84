"""Scheme documents as files an operator names: read whole, as TOML or JSON by their name, and never further than the limit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from courtyard.kernel.problems import Problem
from courtyard.kernel.sentences import say
from courtyard.rating.rules.documents import SchemeDocument
from courtyard.rating.rules.loading import BYTES_MOST
from courtyard.rating.rules.parsing import Check, check_data, check_json, check_toml

SHOWN = 50


def check_file(file: Path) -> Check:
    """What reading the file finds. Raises CommandError where there is no such file, OSError where it cannot be read."""
    if file.is_dir():
        raise CommandError(f"没有找到文件「{file}」:那是一个文件夹。请写里面那一份办法的文件名。")
    if not file.is_file():
        raise CommandError(f"没有找到文件「{file}」。")
    size = file.stat().st_size
    if size > BYTES_MOST:
        return check_data(Problem("rating.document_too_large", {"most": BYTES_MOST, "found": size}))
    text = file.read_bytes().decode("utf-8", errors="replace")
    return check_json(text) if file.suffix.lower() == ".json" else check_toml(text)


def sound_document(file: Path) -> SchemeDocument:
    """The document of a file that must be sound. Raises CommandError with its first faults."""
    found = check_file(file)
    if found.document is None:
        raise CommandError(
            "\n".join([*faults(found.problems), f"「{file}」有 {len(found.problems)} 处要改,先改好再办。"])
        )
    return found.document


def row(problem: Problem) -> dict[str, Any]:
    """A fault or warning as JSON says it: its code, the clause it is in ("": the whole file), its line, the sentence."""
    clause = problem.facts.get("clause") or problem.facts.get("field") or ""
    return {"code": problem.code, "clause": clause, "line": problem.facts.get("line"), "why": say(problem)}


def told(problem: Problem) -> str:
    """The sentence of a fault or warning, with the line of the file where it is known."""
    line = problem.facts.get("line")
    return f"第 {line} 行:{say(problem)}" if line else say(problem)


def faults(problems: tuple[Problem, ...]) -> list[str]:
    """The first faults, a line each, and how many more there are."""
    lines = [f"✗ {told(problem)}" for problem in problems[:SHOWN]]
    return lines + ([f"  另有 {len(problems) - SHOWN} 处没有列出,先改上面的。"] if len(problems) > SHOWN else [])
