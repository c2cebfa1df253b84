"""The browser's watch itself: a walk over the served process is quiet, and each kind of complaint fails it."""

from __future__ import annotations

import pytest
from tests.ground.browsing import PHONE, Pages, axe

pytestmark = pytest.mark.browser


@pytest.mark.on_postgres
def test_the_first_page_answers_without_a_complaint(served, browser_page):
    answer = browser_page.goto(served.url + "/")
    assert answer is not None and answer.status == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert browser_page.evaluate("document.documentElement.lang").startswith("zh")
    assert axe(browser_page) == []


COMPLAINTS = {
    "console.error('broken')": "console: broken",
    "setTimeout(() => { throw new Error('broken') }, 0)": "page error",
    "document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'var a = 1'}))": (
        "securitypolicyviolation: script-src"
    ),
    "fetch('/no/such/page')": "404",
}


def test_each_kind_of_complaint_fails_the_walk(served, chromium):
    for script, complaint in COMPLAINTS.items():
        pages = Pages(chromium)
        page = pages.open(viewport=PHONE)
        page.goto(served.url + "/")
        page.evaluate(script)
        page.wait_for_timeout(300)
        pages.close()
        with pytest.raises(AssertionError, match=complaint):
            pages.check()


def test_what_a_walk_asks_for_on_purpose_is_allowed(served, browser_pages):
    browser_pages.allow("status of 404")
    page = browser_pages.open()
    answer = page.goto(served.url + "/no/such/page")
    assert answer is not None and answer.status == 404
