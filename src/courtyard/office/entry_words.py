"""What an entry's page says: what was seen in the scheme's words, the next step, what this person may do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

from courtyard.honours.models import Listing
from courtyard.honours.queries.entries import Case
from courtyard.honours.queries.naming import ground_of
from courtyard.honours.queries.work import EntryPage
from courtyard.honours.rules.naming import reach_at_publication
from courtyard.honours.rules.states import ListingKind, ListingState, Reach
from courtyard.kernel.actors import Actor
from courtyard.kernel.problems import Problem, Refused
from courtyard.outreach.gathering_homes import said
from courtyard.people.rules import VERBS, may
from courtyard.places.queries import complaint_line

Found = TypeVar("Found")


def black_or_404(read: Callable[[], Case]) -> Case:
    """What is outside the person's areas, and an entry of the red list, answer as if they did not exist."""
    found = _or_404(read)
    if found.listing.kind != ListingKind.BLACK.value:
        raise Http404
    return found


def page_or_404(read: Callable[[], EntryPage]) -> EntryPage:
    """The same for the entry's whole page."""
    page = _or_404(read)
    black_or_404(lambda: page.case)
    return page


def _or_404(read: Callable[[], Found]) -> Found:
    return found_or_404(read, "honours.entry_unknown")


def found_or_404(read: Callable[[], Found], unknown: str) -> Found:
    """What `read` finds; refused as `unknown`, it answers as if it did not exist."""
    try:
        return read()
    except Refused as refused:
        if refused.code == unknown:
            raise Http404 from refused
        raise


def complaint(listing: Listing) -> str:
    """Whom to complain to about an entry: what the village says, else the town, else the county."""
    village, town = listing.village, listing.village.town
    return village.complaint_line or (town.complaint_line if town else "") or complaint_line("")


def seen(page: EntryPage) -> list[tuple[str, str, str, bool]]:
    """(area, what was seen, how it is put right, mended at the door) of each finding."""
    return [(*said(page.document, found), found.mended) for found in page.findings]


def next_step(page: EntryPage) -> tuple[str, str]:
    """(code of the form that is open, what comes next in words) for where the entry stands."""
    row = page.case.listing
    if page.state is ListingState.OBJECTED:
        return "decide", _("异议中:由没有参加评分和复看的人答复,逾期不答复就按农户说的办。")
    if row.mended_said_on is not None and "mend" in {verb.value for verb in page.verbs}:
        return "revisit", _("农户说改好了:请人再去看一次,看过合格当天了结。")
    if page.state is ListingState.CANDIDATE:
        return "look", _("请另一组的两个人分别再去看一次;有一个人看了不算差,就到此为止。")
    if page.state is ListingState.CONFIRMED:
        return "notice", _("两个人都看过属实。把告知书送到,留下凭证。")
    if page.state is ListingState.NOTIFIED and page.case.help_owed:
        return "", _("农户说了一个人弄不动,村里还没有帮好:帮好、再看过以前什么也不公示。")
    if page.state is ListingState.NOTIFIED:
        if "publish" in {verb.value for verb in page.verbs}:
            return "publish", _("告知期满,没有异议。公示要由另一个人来办。")
        return "", _("在等公示日,这期间改好了就不公示。")
    if page.state is ListingState.PUBLISHED:
        return "", _("公示中。改好了请人去看,合格当天下榜。")
    return "", _("这件事已经了结。")


def reach_if_published(listing: Listing, on: date) -> str:
    """How far the entry would reach if it were published that day, in words (no query where no name is wished for)."""
    wanted = Reach(listing.reach)
    if wanted is not Reach.NAMES:
        return wanted.label
    chosen = reach_at_publication(wanted, None, ground_of(listing.village_id, on)[0])
    return wanted.label if isinstance(chosen, Problem) else chosen.label


def allowed(actor: Actor, path: str) -> set[str]:
    """The list verbs this person may do there, as a template asks for them (lists_publish …)."""
    verbs = {verb for known in VERBS.values() for verb in known if verb.startswith(("lists.", "papers."))}
    return {verb.replace(".", "_") for verb in verbs if may(actor, verb, path) is None}
