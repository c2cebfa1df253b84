"""What the person at the terminal is told: where it is, who may log in, which card to try, what to look at first."""

from __future__ import annotations

from typing import Any

from courtyard.households.queries import live_cards
from courtyard.ops.demo.facts import data
from courtyard.outreach.gathering import card_url
from courtyard.places.queries import by_path, places
from courtyard.places.rules import PlaceKind
from courtyard.points.queries import balances

LOOK_FIRST = """\
先看什么
  1. 用 clerk 登录:今天要办的、各村进度;「轮次」里给各村开这个月的一轮,再印评分表
  2. 用 cadre01 登录:打分录入、榜单的下一步(复看、告知、等公示日、公示、上门看改好没有)
  3. 手机宽度打开下面那张卡的网址,输密码:一户看到自己的结果、怎么来的、积分
  4. 用 keeper01 登录:收银台,输短号和密码换东西
  5. 运行 courtyard verify:账本、余额、库存、榜单逐项核对"""


def roles() -> list[tuple[str, str]]:
    """One log-in a role, with what it is."""
    return [
        ("clerk", "镇干部"), ("cadre01", "村干部"), ("deputy01", "村干部(第二人)"), ("eva0101", "评比员"),
        ("keeper01", "积分超市营业员"), ("supervisor", "监督员"), ("county", "县干部"),
    ]  # fmt: skip


def example() -> Any:
    """A card to try: of the first village, handed over, its household with the most points."""
    town = by_path(data()["town_code"])
    village = places([town.path], PlaceKind.VILLAGE.value)[0]
    # Not the home whose PIN was set anew: the one that is told opens all the others.
    usual = live_cards([village.path]).exclude(household__resets__state="done")
    cards = [card for card in usual if card.handed_over]
    points = balances([card.household_id for card in cards])
    return max(cards, key=lambda card: (points[card.household_id].points, card.token))


def told(address: str, today: str) -> str:
    """Everything, as text."""
    facts, card = data(), example()
    home = card.household
    lines = [
        "", f"庭院示范:{facts['town']}(到 {today} 为止的三个月,全是编的)", f"  网址  {address}", "",
        f"登录(密码都是 {facts['password']})",
        *(f"  {username:<12}{what}" for username, what in roles()), "",
        "一张卡",
        f"  {home.head} {home.village.name}{home.group.name} 户编号 {home.code}",
        f"  {card_url(card.token)}",
        f"  短号 {home.short}  密码 {facts['pin']}", "", LOOK_FIRST, "",
    ]  # fmt: skip
    return "\n".join(lines)
