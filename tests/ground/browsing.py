"""Chromium over the served process. A walk fails on any page error, console error or breach of the content policy."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import needs  # noqa: E402

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WATCH = """
document.addEventListener('securitypolicyviolation', event =>
  console.error('securitypolicyviolation: ' + event.violatedDirective + ' ' + event.blockedURI));
"""
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}


class Pages:
    """Makes pages in contexts of their own (one a person) and keeps what went wrong in any of them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.allowed: list[str] = []
        self.complaints: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let console errors that match this pass: a walk that asks for a refused page on purpose says so."""
        self.allowed.append(pattern)

    def open(self, **options: Any) -> Page:
        """A page in a fresh context: `viewport=PHONE`, `locale` …, as Playwright's new_context takes them."""
        options = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
        context = self._browser.new_context(**options)
        context.set_default_timeout(15_000)
        context.add_init_script(WATCH)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(re.search(pattern, message.text) for pattern in self.allowed):
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()

    def check(self) -> None:
        assert not self.complaints, "the browser complained:\n" + "\n".join(self.complaints)


def run_chromium() -> Iterator[Browser]:
    """Debian's Chromium with an empty profile, headless."""
    executable = needs.chromium()
    if executable is None:
        raise needs.Missing("The browser walks need chromium, and this machine has not got it.")
    playwright: Playwright
    folder = tempfile.mkdtemp(prefix="courtyard-chromium-")
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=str(executable), headless=True, args=ARGUMENTS, downloads_path=folder
            )
            yield browser
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def axe(page: Page, *, impact: tuple[str, ...] = ("serious", "critical")) -> list[str]:
    """What axe finds on this page at these impacts: `rule: help (first target)`."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {violation['help']} ({violation['nodes'][0]['target']})"
        for violation in found["violations"]
        if violation["impact"] in impact
    ]
