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
    "places.holiday_line": _(
        "第 {number} 行「{line}」看不懂,整张表没有保存,写的都还在。请写成「10-01 至 10-07 国庆节」或「10-10 上班」。"
    ),
    "places.holiday_twice": _("{day} 写了两次,整张表没有保存,写的都还在。请删掉一处。"),
    "places.holiday_both": _("{day} 又写放假又写上班,整张表没有保存,写的都还在。请照通知改好。"),
    "places.holiday_worked_weekday": _(
        "{day} 不是周六周日,平常就上班,不用写「上班」。请核对是不是写错了日子;整张表没有保存,写的都还在。"
    ),
    "places.holiday_fixed_missing": _("法定的放假日 {day} 不在表里,整张表没有保存,写的都还在。请照通知补上。"),
    "places.holiday_gap": _(
        "「{name}」当中缺了 {day},整张表没有保存,写的都还在。请照通知补上;那天真的上班,请把前后写成两个名字。"
    ),
    "places.holiday_short": _(
        "「{name}」法定至少 {least} 天,表里只有 {count} 天,整张表没有保存,写的都还在。请照通知补上。"
    ),
    "places.no_line": _("监督电话不能空着:上一级也没有电话,每张纸、每一页都要有。请填一个不归本村管的电话。"),
    "places.unfit_line": _("「{line}」不像电话号码。请填 5 到 16 位数字,可以带短横和「转」。"),
}
