"""Words no scheme may reward, charge or shame anyone with (DOMAIN §3, §4.8): a short list, explained in the how-to.

A refused word stops the scheme; a warned word is shown to the author and to whoever seconds it. Blanks and marks
between letters do not hide a word. Card, source and scheme names are not read: they carry disclaimers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from courtyard.kernel.problems import Problem
from courtyard.rating.rules.documents import SchemeDocument

# Subject (as a sentence names it) → words. They are looked for where a clause gives points, a place on a list or a finding.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "上访、投诉和提意见": (
        "上访",
        "信访",
        "缠访",
        "闹访",
        "集访",
        "越级反映",
        "投诉",
        "举报",
        "告状",
        "提意见",
        "反映问题",
        "上訪",
        "信訪",
        "投訴",
        "舉報",
    ),
    "言论": ("言论", "发言", "发帖", "转发", "造谣", "谣言", "朋友圈", "網上發言", "言論"),
    "信仰": ("宗教", "信教", "教堂", "教会", "礼拜", "信佛", "烧香", "拜佛", "寺庙", "信仰", "迷信", "教會", "燒香"),
    "生育": ("生育", "超生", "计生", "计划生育", "二胎", "三胎", "二孩", "三孩", "怀孕", "生孩子", "計生"),
    "生病和残疾": ("患病", "生病", "得病", "病人", "精神病", "传染病人", "艾滋", "残疾人", "残疾户", "殘疾"),
    "欠款和借贷": ("欠款", "欠债", "欠账", "欠费", "债务", "贷款", "还贷", "失信", "老赖", "黑户", "欠債", "貸款"),
    "婚姻": ("结婚", "离婚", "婚姻", "彩礼", "早婚", "未婚", "再婚", "彩禮", "離婚"),
    "党员身份": ("党员", "党籍", "党费", "入党", "黨員", "入黨"),
    "罚钱": ("罚款", "罚金", "罚钱", "交罚", "加倍罚", "双倍罚", "违约金", "押金不退", "扣押金", "罰款", "罰金"),
    "低保和各种补助": (
        "扣低保",
        "停低保",
        "取消低保",
        "扣补贴",
        "停补贴",
        "扣补助",
        "扣养老金",
        "停医保",
        "扣救济",
        "取消救助",
        "扣分红",
        "低保",
        "养老金",
        "医保",
        "补贴",
        "補貼",
    ),
}
CHARACTER = (
    "懒",
    "懶",
    "落后",
    "落後",
    "刁民",
    "素质低",
    "素质差",
    "素質",
    "无赖",
    "泼妇",
    "脏户",
    "邋遢户",
    "曝光",
    "扣分",
)


def refused(document: SchemeDocument) -> list[Problem]:
    """Clauses on subjects no scheme may touch, and words on a person's character in findings."""
    problems = []
    for clause, text in [*_rule_texts(document), *_finding_texts(document)]:
        for subject, words in SUBJECTS.items():
            if word := _first(text, words):
                problems.append(Problem("rating.subject_refused", {"clause": clause, "word": word, "subject": subject}))
    for clause, text in _finding_texts(document):
        if word := _first(text, CHARACTER):
            problems.append(Problem("rating.word_refused", {"clause": clause, "word": word}))
    return problems


def warned(document: SchemeDocument) -> list[Problem]:
    """Words on a person's character in names, and choices an assembly should know it is making."""
    problems = []
    for clause, text in _rule_texts(document):
        if word := _first(text, CHARACTER):
            problems.append(Problem("rating.word_warned", {"clause": clause, "word": word}))
    black = document.list_rule("black")
    if black is not None and black.reach == "names":
        problems.append(Problem("rating.names_warned", {"clause": f"lists[{black.code}].reach"}))
    best, highest = document.bands[0], next(iter(document.sheet.labels), None)
    if document.labels_only and highest is not None and not best.holds(highest.score_milli):
        facts = {"clause": f"bands[{best.code}].least", "band": best.name, "label": highest.name}
        problems.append(Problem("rating.out_of_reach_warned", facts))
    if document.budget is None:
        problems.append(Problem("rating.budget_warned", {"clause": "budget"}))
    if document.aggregate.raters_least < 3:
        found = document.aggregate.raters_least
        problems.append(Problem("rating.few_raters_warned", {"clause": "aggregate.raters_least", "found": found}))
    return problems


def _first(text: str, words: tuple[str, ...]) -> str | None:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter)[0] in ("L", "N")
    )
    return next((word for word in words if word in bare), None)


def _rule_texts(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    for label in document.sheet.labels:
        yield f"sheet.labels[{label.code}].name", label.name
    for area in document.sheet.areas:
        yield f"sheet.areas[{area.code}].name", area.name
        yield f"sheet.areas[{area.code}].looks", area.looks
    for kind, rows in (
        ("bands", document.bands),
        ("awards", document.awards),
        ("deeds", document.deeds),
        ("lists", document.lists),
    ):
        for row in rows:
            yield f"{kind}[{row.code}].name", row.name
    for title in document.titles:
        yield f"titles[{title.code}].name", title.name


def _finding_texts(document: SchemeDocument) -> Iterator[tuple[str, str]]:
    for area in document.sheet.areas:
        for picture in area.pictures:
            clause = f"sheet.areas[{area.code}].pictures[{picture.code}]"
            yield f"{clause}.name", picture.name
            yield f"{clause}.seen", picture.seen
            yield f"{clause}.mend", picture.mend
