"""Where a person may go in the office: one row a subject, shown to whoever may do its verb somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from courtyard.kernel.actors import Actor
from courtyard.people.rules import areas


@dataclass(frozen=True)
class Entry:
    """A subject: the URL it opens, its words, the verb it asks, the beginnings of URL names that belong to it."""

    url: str
    words: Any
    verb: str
    covers: tuple[str, ...]
    current: bool = False


NAV = (
    Entry("office:home", _("今天"), "places.see", ("home",)),
    Entry("office:months", _("这个月"), "papers.print", ("month",)),
    Entry("office:households", _("农户和卡"), "households.see", ("household", "card", "roster", "care", "question")),
    Entry(
        "office:rounds",
        _("评比轮次"),
        "rounds.see",
        ("round", "marks", "review", "close", "group", "calibration", "slip", "counterfoil", "year"),
    ),
    Entry("office:revisits", _("回访"), "rounds.see", ("revisit", "spot", "concern")),
    Entry("office:points", _("积分"), "points.see", ("points", "village_points", "deed")),
    Entry("office:lists", _("红黑榜"), "lists.see", ("list",)),
    Entry("office:help", _("帮扶"), "lists.notify", ("help",)),
    Entry("office:disagree", _("有人不同意"), "lists.object", ("disagree",)),
    Entry("office:till", _("收银台"), "shop.sell", ("till",)),
    Entry("office:shops", _("积分超市"), "shop.stock", ("shop",)),
    Entry("office:schemes", _("积分办法"), "schemes.see", ("scheme",)),
    Entry("office:places", _("节假日和电话"), "places.keep", ("places",)),
    Entry("office:people", _("人员"), "people.keep", ("people", "person", "duty")),
)


def entries(actor: Actor | None, url_name: str) -> list[Entry]:
    """The subjects this person may open; the one this page belongs to is current. None for households."""
    if actor is None or actor.kind == "household":
        return []
    return [Entry(e.url, e.words, e.verb, e.covers, url_name.startswith(e.covers)) for e in NAV if areas(actor, e.verb)]
