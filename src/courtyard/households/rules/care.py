"""The care list (DOMAIN §4.7): homes that are helped first and never on a black list."""

from __future__ import annotations

from courtyard.kernel.choices import Choice


class CareKind(Choice):
    ELDER_ALONE = "elder_alone", "独居老人"
    DISABLED = "disabled", "残疾"
    SERIOUSLY_ILL = "seriously_ill", "重病"
    CHILDREN_ALONE = "children_alone", "儿童独自在家"


class CareState(Choice):
    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "不属于"
