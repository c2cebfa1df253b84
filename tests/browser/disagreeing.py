"""The walk's objection where no black entry is open: said on a phone, then waiting on the list of those who answer."""

from __future__ import annotations

from typing import Any

from tests.browser.walking import Walk


def say_it(walk: Walk, cadre: Any, code: str) -> None:
    """Taken down from the spoken word; it stands on the list with its last day, and opens."""
    cadre.goto(walk.url + "/office/disagree")
    walk.station(cadre, "disagree")
    cadre.get_by_label("哪一户", exact=False).fill(code)
    cadre.get_by_label("不同意评的或者写的").check()
    cadre.get_by_label("口头").check()
    cadre.get_by_label("照原话记几句", exact=False).fill("那天院坝是扫过的")
    cadre.locator(".act .btn-primary").click()
    cadre.get_by_text("记下了,先停下来、不公示").wait_for()
    cadre.goto(walk.url + "/office/lists/objections")
    cadre.get_by_text("共 1 件").wait_for()
    walk.station(cadre, "objections")
    cadre.get_by_role("link", name="答复").click()
    cadre.get_by_text("那天院坝是扫过的").wait_for()
    walk.station(cadre, "objection")
