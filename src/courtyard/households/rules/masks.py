"""Names and phones as they are shown outside the group: 陈*, 张*丰, 欧阳* (DOMAIN §4.4)."""

from __future__ import annotations

DOUBLE_SURNAMES = frozenset((
    "欧阳", "诸葛", "司马", "上官", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容",
    "长孙", "宇文", "令狐", "轩辕", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙",
    "钟离", "鲜于", "闾丘", "司空", "万俟", "端木", "百里", "呼延", "拓跋", "赫连", "西门", "第五",
))  # fmt: skip


def masked_name(name: str) -> str:
    """A name with everything hidden that is not needed to know one's own: surname, and the last character of three."""
    if "·" in name:
        first, _, _ = name.partition("·")
        return f"{first[:1]}*·*"
    surname = name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]
    if len(name) - len(surname) <= 1:
        return f"{surname}*"
    if len(surname) == 2:
        return f"{surname}*{name[-1]}"
    return f"{surname}{'*' * (len(name) - 2)}{name[-1]}"


def masked_phone(phone: str) -> str:
    """A phone with its middle hidden: 199****1234; '' stays ''."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "*" * len(phone)
