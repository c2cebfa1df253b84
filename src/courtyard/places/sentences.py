"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "places.unknown": _("没有找到「{path}」这个地方。请写全:镇/村/组,例如 万店镇/塔湾村/3组,或用编号。"),
    "places.not_yours": _("「{path}」不归您管,没有改。请由镇里办理。"),
    "places.wrong_level": _("「{kind}」不能直接放在「{above}」下面。顺序是县、镇、村、村民小组。"),
    "places.unfit_code": _("编号「{code}」不能用:只能是 1 到 32 个数字、英文字母或短横。请改后再填。"),
    "places.unfit_name": _("地名「{name}」不能用:不能空着,也不能有斜杠。请改后再填。"),
    "places.taken": _("同一级里已经有「{name}」或编号 {code},没有重复建立。请核对后再办。"),
    "places.holiday_outside_year": _("{day} 不在 {year} 年里,这一年的节假日表没有保存。请改正这一天。"),
}
