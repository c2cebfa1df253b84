"""Facts for prints in tests: invented homes, with the names that printing finds hard."""

from __future__ import annotations

import dataclasses
import io
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from courtyard.honours.rules.slips import serial_of
from courtyard.outreach.papers.black_poster import BlackPoster, FindingLine, NamedEntry, NameDocuments
from courtyard.outreach.papers.calibration import Cell, Differences
from courtyard.outreach.papers.cards import Card, Cards
from courtyard.outreach.papers.correction import CorrectionNotice
from courtyard.outreach.papers.covenant import CovenantLeaflet
from courtyard.outreach.papers.group_board import Counts, GroupBoard
from courtyard.outreach.papers.hand_over_sheet import HandOverRow, HandOverSheet, HandOverSheets
from courtyard.outreach.papers.notice import Notice, NoticeFinding, Notices
from courtyard.outreach.papers.prize_list import PrizeList, PrizeRow
from courtyard.outreach.papers.record import Record, RecordRound, Records
from courtyard.outreach.papers.red_poster import RedHome, RedPoster
from courtyard.outreach.papers.scheme_leaflet import Part, Passed, SchemeLeaflet
from courtyard.outreach.papers.score_sheets import Area, Row, ScoreSheet, ScoreSheets
from courtyard.outreach.papers.slip import Seen, Slip, Slips
from courtyard.outreach.papers.slip_pad import PadArea, SlipPad
from courtyard.outreach.papers.standard_pictures import StandardArea, StandardPictures
from courtyard.outreach.rules.frame import Frame

POINT = 72 / 25.4
CASES = Path(__file__).parents[1] / "cases" / "outreach"
DAY = date(2026, 11, 23)
FRAME = Frame("万店镇", "塔湾村", "3组", "0722-1234567", DAY)
CREDIT = dataclasses.replace(FRAME, card_name="征信卡")
# Rare letters, one that only the second font has, long names, a name with a middle dot.
HEADS = ("王㛃", "李䶮", "欧阳𠮷祥", "阿卜杜热西提·买买提", "尼格买提·吐尔逊江", "陈大山")
MISSING = "𤭢"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def head(n: int) -> str:
    return HEADS[n % len(HEADS)]


def url(n: int) -> str:
    return f"https://card.example.cn/c/23456789ABCDEFGHJKMN{n:06d}"


def cards(count: int, frame: Frame = CREDIT, **more: Any) -> Cards:
    made = (Card(head(n), "塔湾村 3组 · 东湾", f"0103{n:03d}", f"{n:06d}", url(n)) for n in range(count))
    return Cards(frame, 2026, tuple(made), **more)


def hand_over(homes: int, covenant: str = "第 2 版,2026年3月通过", frame: Frame = CREDIT) -> HandOverSheets:
    said = ("", "", "已领,2026年11月3日", "", "没有参加(不算差)", "")
    rows = (HandOverRow(n, head(n), f"0103{n:03d}", f"{n:06d}", "东湾", said[n % 6]) for n in range(1, homes + 1))
    return HandOverSheets(frame, (HandOverSheet(frame, tuple(rows), covenant),))


COVENANT = CovenantLeaflet(
    CREDIT, "塔湾村村规民约", 2,
    ("一、门前屋后自己扫,柴草农具码整齐。", "二、水沟路边不倒垃圾,垃圾进桶。", "三、邻居一个人弄不动,大家搭把手。"),
    date(2026, 3, 8), "塔湾村民会议〔2026〕1号", (312, 386),
)  # fmt: skip


AREAS = (
    Area("courtyard", "庭院整洁度", (("c1", "柴草杂物没有码放"), ("c2", "院坝里有垃圾")), drawing="yard"),
    Area("rooms", "室内卫生", (("r1", "屋里地面没有扫"),), indoors=True, drawing="room"),
    Area("surroundings", "周边环境", (("s1", "门前路边有垃圾"), ("s2", "水沟里有杂物")), drawing="lane"),
)


LABELS = (("good", "好"), ("fair", "中"), ("poor", "差"))


def sheets(
    homes: int,
    raters: tuple[str, ...] = ("刘建国",),
    areas: tuple[Area, ...] = AREAS,
    labels: tuple[tuple[str, str], ...] = LABELS,
) -> ScoreSheets:
    rows = tuple(Row(head(n), f"0103{n:03d}", "东湾", kin=n == 1) for n in range(homes))
    return ScoreSheets(FRAME, tuple(ScoreSheet(FRAME, "2026年11月", rater, areas, rows, labels) for rater in raters))


SEEN = (Seen("庭院", "院里的柴草、杂物没有码放", "把柴草、杂物码到一处"), Seen("周边", "水沟里有杂物", "捞出来"))


def slip(n: int = 0, **more: Any) -> Slip:
    plain = Slip(
        FRAME, head(n), f"0103{n:03d}", DAY, SEEN, ("院坝扫干净了",), date(2026, 11, 27), "帮扶队李桂花", "周大姐",
        serial_of(48109327 + n), indoors_agreed=True,
    )  # fmt: skip
    return dataclasses.replace(plain, **more)


def slips(*made: Slip) -> Slips:
    return Slips(FRAME, made)


SERIAL = serial_of(48109327)


def pad(count: int = 2, **more: Any) -> SlipPad:
    areas = (
        PadArea("庭院", ("柴草杂物", "垃圾没扫", "禽畜散放", "污水积水", "农具乱放", "其他")),
        PadArea("室内", ("地面没扫", "灶台油污", "厕所异味", "衣物乱堆", "电线杂乱", "其他"), indoors=True),
        PadArea("周边", ("门前垃圾", "水沟堵塞", "乱堆物料", "杂草", "秸秆露天", "其他")),
    )
    serials = tuple(serial_of(20000000 + n) for n in range(count))
    helper = "任何一位村干部、评比员、超市营业员,或者打 0722-1234567"
    return dataclasses.replace(SlipPad(FRAME, areas, 5, "塔湾村的干部和邻居", helper, serials), **more)


FINDING = NoticeFinding("庭院", "院里的柴草、杂物没有码放", "把柴草、杂物码到一处", "照片 2 张")


def notice(n: int = 0, **more: Any) -> Notice:
    plain = Notice(
        FRAME, f"2026-{n}", head(n), f"0103{n:03d}", "2026年11月", date(2026, 11, 12), date(2026, 11, 18), (FINDING,),
        date(2026, 11, 27), date(2026, 11, 30), "村民评议会五人", 7, 10, "只写事、不写人,写 30 天", "帮扶队李桂花",
        "周大姐", "塔湾村民委员会",
    )  # fmt: skip
    return dataclasses.replace(plain, **more)


def notices(*made: Notice) -> Notices:
    return Notices(FRAME, made)


def red(named: int, of: int, rated: int = 100, wechat: int | None = None, **more: Any) -> RedPoster:
    homes = tuple(RedHome(head(n), wechat is None or n < wechat, f"0103{n:03d}") for n in range(named))
    return RedPoster(FRAME, "2026年11月", DAY, rated, of, homes, **more)


DOCUMENTS = NameDocuments("村民会议决议 2026-3 号", date(2026, 9, 1), "影响评估 2026-1 号", date(2026, 9, 3))


def black(rated: int = 32, places: tuple[int, ...] = (3, 2), **more: Any) -> BlackPoster:
    seen = tuple(FindingLine("庭院", f"院里的柴草、杂物没有码放{'好' * n}", count) for n, count in enumerate(places))
    return dataclasses.replace(BlackPoster(FRAME, "2026年11月", DAY, date(2026, 12, 23), rated, seen, 7), **more)


def correction(**more: Any) -> CorrectionNotice:
    seen = ("庭院:院里的柴草、杂物没有码放", "周边:门前水沟里有垃圾")
    days = (date(2026, 11, 12), date(2026, 11, 21))
    return dataclasses.replace(CorrectionNotice(FRAME, "2026年11月", date(2026, 11, 3), seen, *days), **more)


def named(count: int) -> tuple[NamedEntry, ...]:
    return tuple(NamedEntry(head(n), f"0103{n:03d}", ("水沟里有杂物",), date(2026, 12, 23)) for n in range(count))


def board(**more: Any) -> GroupBoard:
    areas = (Counts("庭院整洁度", 20, 11, 3), Counts("室内卫生", 25, 6, 0), Counts("周边环境", 18, 14, 2))
    trend = tuple(Counts(f"2026年{month}月", 10 + month, 20 - month, 4) for month in range(4, 12))
    homes = tuple(RedHome(head(n)) for n in range(6))
    plain = GroupBoard(
        FRAME, "2026年11月", DAY, Counts("", 21, 11, 2), 4, areas, trend, 9, Counts("", 3, 2, 0), 9, homes
    )
    return dataclasses.replace(plain, **more)


def differences(handed_in: int = 8, yards: int = 10) -> Differences:
    same, near, far = Cell((("好", 8),), 0), Cell((("好", 5), ("中", 3)), 1), Cell((("好", 2), ("中", 4), ("差", 2)), 2)
    rows = tuple((same, far if n % 3 == 0 else near, same) for n in range(yards))
    return Differences(FRAME, handed_in, ("庭院整洁度", "室内卫生", "周边环境"), rows, (2 * yards, yards - 4, 4))


def records(*heads: str) -> Records:
    rounds = tuple(
        RecordRound(f"{n}月", ("good", "fair", "", "poor")[n % 4], 10 if n % 4 == 0 else 0) for n in range(1, 13)
    )
    return Records(FRAME, tuple(Record(FRAME, name, "0103001", DAY, rounds, 3, 64, ("清洁标杆户",)) for name in heads))


def standard(**more: Any) -> StandardPictures:
    drawn = (("庭院", "yard"), ("室内", "room"), ("门前", "lane"))
    seen = (("院里的柴草、杂物没有码放", "把柴草、杂物码到一处,留出走道"), ("院坝里有垃圾没有扫", "扫干净,倒进垃圾桶"))
    made = (StandardArea(name, f"{name}是不是干净", seen, picture, name == "室内") for name, picture in drawn)
    return dataclasses.replace(StandardPictures(FRAME, "家庭环境卫生积分办法", tuple(made), LABELS), **more)


def scheme_leaflet(**more: Any) -> SchemeLeaflet:
    parts = (
        Part(
            "第一条",
            "看什么",
            tuple((f"第一条({n})", f"庭院,占 {40 - n} 份:院坝是不是扫干净了。") for n in range(1, 4)),
        ),
        Part("第二条", "积分", tuple((f"第二条({n})", "这一轮评为好,得 10 分。〔自定〕") for n in range(1, 9))),
    )
    passed = Passed(date(2026, 10, 18), 210, 300, "塔湾村〔2026〕7 号", date(2026, 11, 1))
    drawn = (("庭院", "yard"), ("室内", "room"), ("周边", "lane"))
    plain = SchemeLeaflet(
        FRAME, "家庭环境卫生积分办法", 2, "万店镇公开报道;分数由本办法自定。", "标「自定」的,由本办法自己定。", parts, passed,
        "3e0ecb6e4b8a78e75d425991a5e0c57a", drawn,
    )  # fmt: skip
    return dataclasses.replace(plain, **more)


def prizes(*heads: str) -> PrizeList:
    """A row a head; the first is handed out already."""
    rows = [PrizeRow(head, "1组", f"01{n:02d}", "全镇前一百名奖", "500" if n else "") for n, head in enumerate(heads)]
    rows[0] = dataclasses.replace(rows[0], said="已领,2026年11月3日")
    return PrizeList(FRAME, "2026年10月", "家庭环境卫生挂牌评比办法", "500", tuple(rows))


EVERY = {
    "cards": cards(3, FRAME),
    "hand_over_sheet": hand_over(6, frame=FRAME),
    "covenant": dataclasses.replace(COVENANT, frame=FRAME),
    "scheme_leaflet": scheme_leaflet(),
    "score_sheets": sheets(3),
    "calibration": differences(),
    "standard_pictures": standard(),
    "slip": slips(slip(0)),
    "slip_pad": pad(1),
    "notice": notices(notice(0)),
    "red_poster": red(5, 8),
    "black_poster": black(),
    "correction": correction(),
    "prize_list": prizes("王㛃"),
    "group_board": board(),
    "record": records("王㛃"),
}


def pages_of(pdf: bytes) -> list[str]:
    """The selectable text of every page, without blanks and line breaks."""
    document = pypdfium2.PdfDocument(pdf)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def picture_of(pdf: bytes, page: int = 0, dpi: int = 150) -> Image.Image:
    """One page as it would be scanned."""
    found: Image.Image = pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil()
    return found


def png(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def size_of(page: Any, n: int) -> float:
    """The type size of the n-th letter of a text page in points, as it stands on the sheet."""
    matrix = pdfium.FS_MATRIX()
    assert pdfium.FPDFText_GetMatrix(page.raw, n, matrix)
    return pdfium.FPDFText_GetFontSize(page.raw, n) * abs(matrix.d)


def letters(pdf: bytes, words: str) -> list[float]:
    """The type sizes in which these words stand, on every page."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        points = [pdfium.FPDFText_GetUnicode(text.raw, n) for n in range(text.count_chars())]
        whole = "".join(chr(point) if point < 0xD800 or point > 0xDFFF else "?" for point in points)
        found += [size_of(text, start.start()) for start in re.finditer(re.escape(words), whole)]
    return found


def credit(thing: Any) -> Any:
    """The same facts under the card name 征信卡, in every frame."""
    if isinstance(thing, Frame):
        return dataclasses.replace(thing, card_name="征信卡", serial="7QK3M9XD2R")
    if isinstance(thing, tuple):
        return tuple(credit(part) for part in thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        parts = {field.name: credit(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
        return dataclasses.replace(thing, **parts)
    return thing
