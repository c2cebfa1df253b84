"""What the office's own refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "office.home_not_found": _("没有找到「{number}」这一户,或有两个村都有这个编号。请核对户编号,或改填六位短号。"),
    "office.scan_not_shown": _("现在记不下谁看过这份扫描件,所以先不给看。请过一会儿再开;还是不行,请告诉管机器的人。"),
    "office.nothing_typed": _("这张评分表上一户也没有录。请照纸上的顺序一户一户按键,再保存。"),
    "office.item_missing": _("{household}「{area}」里的「{item}」还没有填,整张都还没有保存。请每一项都填,再保存。"),
    "office.places_unknown": _("{household}「{area}」看到的处数写的是「{found}」,要写整数。请改好再保存。"),
    "office.unknown_key": _(
        "户编号 {household} 的「{area}」按的是「{key}」,不认识,整张都还没有保存。请看上面的按键说明,改好再保存。"
    ),
}
