"""What the walks share: coming in as somebody, counting keys, and looking at a page at two widths and three text sizes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from tests.ground.browsing import Pages, axe
from tests.ground.databases import vendor
from tests.worlds import PASSWORD

PHONE, DESK = {"width": 360, "height": 640}, {"width": 1366, "height": 768}
SIZES = {"normal": 16, "large": 20, "largest": 24}
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
COUNT_KEYS = "window.keysPressed = 0; addEventListener('keydown', () => { window.keysPressed += 1; }, true);"
# The stations whose pictures stand in the docs (docs/screens.md).
PICTURED = {
    "today", "month", "roster-check", "second", "households", "household", "hand-over-sheet", "covenants", "scheme",
    "groups", "draws", "round", "at-the-door", "marks-typed", "slips", "counterfoils", "close", "points-waiting",
    "lists", "entry-waiting", "revisits", "revisit", "help", "help-task", "deeds", "red-list", "names", "objection",
    "holidays", "people", "group-board", "card-before-pin", "household-page", "household-rounds", "household-points",
    "household-rights", "till-sale", "till-receipt",
}  # fmt: skip
# As the size buttons do it, without leaving the page: what was typed stays.
RESIZE = """size => {
  document.documentElement.classList.remove('size-normal', 'size-large', 'size-largest');
  document.documentElement.classList.add('size-' + size);
  document.querySelectorAll('.size-button').forEach((one) => one.setAttribute('aria-pressed', one.value === size));
}"""
LEAST_TARGET = {"normal": 48, "large": 60, "largest": 60}
# Buttons and links that look like buttons, fields, and the lines of a list that open a page.
TARGETS = "button:not(.size-button), a.btn, .todo a, .choice, input.form-control, select.form-select, summary, .mark"
# And every link that stands alone: one with words beside it in its own block is part of a sentence. At the desk, cells of a
# grid that is typed into may be a little lower.
SMALL = """
([targets, least]) => {
  const alone = (one) => {
    let block = one.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    const beside = Array.from(block.childNodes).filter((node) => node.nodeType === 3).map((node) => node.textContent);
    return getComputedStyle(one).display !== 'inline' || !beside.join('').replace(/[\\s·›|、]/g, '');
  };
  const links = Array.from(document.querySelectorAll('a[href]')).filter(alone);
  const found = new Set([...document.querySelectorAll(targets), ...links]);
  const folded = (one) => one.closest('details:not([open])') && !one.closest('summary');
  return Array.from(found).filter((one) => !folded(one)).filter((one) => {
    const box = one.getBoundingClientRect();
    const grid = innerWidth > 720 && one.closest('.marks-grid');
    return box.width && box.height && box.height < (grid ? least - 8 : least) - 1;
  }).map((one) => `${one.tagName} ${one.textContent.trim().slice(0, 20)} ${Math.round(one.getBoundingClientRect().height)}px`);
}
"""


class Walk:
    """One walk over a served process; every station is looked at, and pictures are kept where somebody asked for them."""

    def __init__(self, url: str, pages: Pages, password: str = PASSWORD) -> None:
        self.url, self.pages, self.password = url, pages, password
        self.faults: list[str] = []
        # The same pages look the same on both databases: they are looked at once.
        self.looks = vendor() == "sqlite"

    def as_(self, who: str, *, phone: bool = False) -> Any:
        """A page of somebody who has logged in."""
        page = self.pages.open(viewport=PHONE if phone else DESK)
        page.goto(self.url + "/login")
        page.get_by_label("登录名").fill(who)
        page.get_by_label("密码", exact=False).fill(self.password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(self.url + "/office/")
        return page

    def anybody(self, *, phone: bool = True) -> Any:
        """A page of somebody who has not."""
        return self.pages.open(viewport=PHONE if phone else DESK)

    def station(self, page: Any, name: str, *, views: Iterable[str] = ("phone", "desk")) -> None:
        """Look at this page at both widths and three text sizes: nothing sticks out, targets are large; axe is content
        at three text sizes on the phone, and at the desk."""
        if not self.looks:
            return
        page.wait_for_load_state()  # a press may have left the page before
        before = page.viewport_size
        for view in views:
            page.set_viewport_size({"phone": PHONE, "desk": DESK}[view])
            for size, root in SIZES.items():
                page.evaluate(RESIZE, size)
                where = f"{name} ({view}, {size})"
                if page.evaluate("getComputedStyle(document.documentElement).fontSize") != f"{root}px":
                    self.faults.append(f"{where}: the root size is not {root}px")
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    self.faults.append(f"{where}: the page is wider than the screen")
                self.faults += [
                    f"{where}: too small: {small}" for small in page.evaluate(SMALL, [TARGETS, LEAST_TARGET[size]])
                ]
                if view == "phone" or size == "normal":
                    self.faults += [f"{where}: {found}" for found in axe(page)]
                if os.environ.get("COURTYARD_PICTURES") == "1" and name in PICTURED:
                    self.picture(page, f"{name}-{view}-{size}")
        page.set_viewport_size(before)
        page.evaluate(RESIZE, "normal")

    def picture(self, page: Any, name: str) -> None:
        """Keep what is on the screen for the docs."""
        PICTURES.mkdir(exist_ok=True)
        page.evaluate("scrollTo(0, 0)")
        with Image.open(BytesIO(page.screenshot())) as shot:
            shot.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)

    def check(self) -> None:
        assert not self.faults, f"{len(self.faults)} faults:\n" + "\n".join(self.faults[:40])
