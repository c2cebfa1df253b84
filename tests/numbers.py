"""A scheme that gives numbers: an area scored by its findings, one by the numbers of its lines, one by one number."""

from __future__ import annotations

from courtyard.rating.queries import shipped

SHEET = """
[sheet]
marks = "scores"
missing_area = "renormalise"

[[sheet.areas]]
code = "courtyard"
name = "庭院"
weight = 40
looks = "院坝是不是扫干净了"
marks = "findings"
each_finding = 5
pictures = [
  { code = "c1", name = "柴草杂物", seen = "柴草、杂物没有码放", mend = "码到一处" },
  { code = "c2", name = "垃圾没扫", seen = "院坝里有垃圾", mend = "扫干净", deduct = "10" },
]

[[sheet.areas]]
code = "rooms"
name = "室内"
weight = 30
looks = "地面、桌面是不是干净"
consent = true
items = [
  { code = "floor", name = "地面扫净", most = 20 },
  { code = "stove", name = "灶台擦净", most = 10, optional = true },
]
pictures = [ { code = "r1", name = "地面没扫", seen = "屋里地面没有扫", mend = "扫一扫" } ]

[[sheet.areas]]
code = "surroundings"
name = "周边环境"
weight = 30
looks = "门前路段、水沟是不是干净"
pictures = [ { code = "s1", name = "门前垃圾", seen = "门前路边有垃圾", mend = "捡起来" } ]

"""


def numbers_text() -> str:
    """The shipped document under engine 2 with this sheet in place of its own; every other clause stays."""
    own = shipped()["wandian"].replace("engine = 1", "engine = 2", 1)
    return own[: own.index("[sheet]")] + SHEET.lstrip() + own[own.index("[aggregate]") :]
