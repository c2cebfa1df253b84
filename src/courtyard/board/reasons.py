"""Why somebody looked at a home's name or phone, as its own page says it: the office notes short codes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "PIN reset": _("办重设密码"),
    "record print": _("打印成绩单"),
    "card hand-over": _("交卡"),
    "care list": _("核对照顾名单"),
    "concerns": _("答复回访里的问题"),
    "counterfoils": _("录回执"),
    "export": _("导出名册"),
    "hand-over sheet": _("录发卡签收表"),
    "joint grading": _("评比员一起试评"),
    "late homes": _("加开轮以后才来的户"),
    "marking at the door": _("上门评分"),
    "office change": _("改资料"),
    "office list": _("查名册"),
    "office page": _("看这一户的资料"),
    "own kin": _("登记回避"),
    "questions": _("答复名册的疑问"),
    "re-visit": _("上门回访"),
    "reviews": _("核对评分"),
    "scheme preview": _("试看换一个办法谁会变"),
    "second person": _("第二人核对"),
    "spot check": _("抽查"),
    "typing marks": _("照纸录评分"),
    "walk": _("抽查上门"),
    "whom to re-visit": _("定回访哪几户"),
}


def reason(code: str) -> Any:
    """The reason in the reader's language; words that are none of the office's codes stand as they were written."""
    return REASONS.get(code, code)
