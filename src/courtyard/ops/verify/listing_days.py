"""The days of black entries: nobody moved a waiting day forward or an expiry back past what was said at the time."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from courtyard.ops.verify.findings import Looking, shown
from courtyard.ops.verify.source import Source

# DOMAIN §4.2, §4.3: three working days at least between notice and publication, ninety days at most on the list.
WAIT_LEAST, EXPIRY_MOST = timedelta(days=4), timedelta(days=90)
_ENTRIES = """
    SELECT id, notified_on, publish_from, published_on, expires_on FROM honours_listing
    WHERE kind = 'black' AND (notified_on IS NOT NULL OR publish_from IS NOT NULL
          OR published_on IS NOT NULL OR expires_on IS NOT NULL) ORDER BY id
"""
_SAID = """
    SELECT s.listing_id, s.verb, s.day, e.answer FROM honours_step s LEFT JOIN records_entry e ON e.id = s.entry
    WHERE s.verb IN ('notify', 'publish') ORDER BY s.listing_id, s.n
"""
_NOTICES = "SELECT listing_id, day FROM honours_notice"


def listing_days(source: Source) -> Looking:
    """Each day against the notice, the step and the answer that the journal keeps of the act which set it."""
    notices = {(shown(raw), _day(day)) for raw, day in source.rows(_NOTICES)}
    said: dict[str, dict[str, Any]] = {}
    published: dict[str, date | None] = {}
    for raw, verb, day, answer in source.rows(_SAID):
        one = said.setdefault(shown(raw), {})
        one[verb] = _answer(answer, shown(raw))
        if verb == "publish":
            published.setdefault(shown(raw), _day(day))
    for raw, *days in source.rows(_ENTRIES):
        key = shown(raw)
        told, first, on, ends = map(_day, days)
        answers = said.get(key, {})
        if told and (key, told) not in notices:
            yield f"榜上条目 {key} 写的告知日期 {told} 没有凭证"
        if told and (first is None or first < told + WAIT_LEAST):
            yield f"榜上条目 {key} 在 {told} 告知,最早可公示日 {shown(first)} 太早"
        if first and (told_first := answers.get("notify", {}).get("publish_from")) and told_first != first.isoformat():
            yield f"榜上条目 {key} 的最早可公示日是 {first},告知时说的是 {told_first}"
        if on and published.get(key) != on:
            yield f"榜上条目 {key} 写的公示日期 {on} 和那一步的日期不符"
        if on and (ends is None or ends > on + EXPIRY_MOST):
            yield f"榜上条目 {key} 从 {on} 公示,到期日 {shown(ends)} 超过 90 天"
        if ends and (told_ends := answers.get("publish", {}).get("expires_on")) and told_ends != ends.isoformat():
            yield f"榜上条目 {key} 的到期日是 {ends},公示时说的是 {told_ends}"
    return "榜上条目与步骤、日子相符"


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _answer(kept: Any, listing: str) -> dict[str, Any]:
    """What the act answered about this entry; an act over many entries answered nothing of one."""
    told = json.loads(kept) if isinstance(kept, str) and kept else kept
    return told if isinstance(told, dict) and str(told.get("listing", "")).replace("-", "") == listing else {}
