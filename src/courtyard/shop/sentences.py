"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "shop.amount_empty": _("没有填数。请填 1 到 {most} 的整数。"),
    "shop.amount_zero": _("数目不能是 0。请填 1 到 {most} 的整数。"),
    "shop.amount_negative": _("「{text}」是负数,不能用。请填 1 到 {most} 的整数。"),
    "shop.amount_fraction": _("「{text}」带小数,不能用。请填 1 到 {most} 的整数。"),
    "shop.amount_wide_digits": _("「{text}」是全角数字,怕看错没有办。请切换成半角,再填 1 到 {most} 的整数。"),
    "shop.amount_too_large": _("「{text}」太大,最多 {most}。请核对后再填。"),
    "shop.amount_not_a_number": _("「{text}」不是整数。请只用 0 到 9 填 1 到 {most} 的整数。"),
    "shop.not_a_count": _("「{number}」不能用作件数或分数:要是 1 到 {most} 的整数。请改后再办。"),
    "shop.no_name": _("没有填名称,没有保存。请填上名称。"),
    "shop.name_taken": _("这里已经有叫「{name}」的了,没有重复建立。请换一个名称或用原来的。"),
    "shop.unfit_barcode": _("条码「{barcode}」不能用:只能是 20 位以内的数字。没有条码可以空着。"),
    "shop.unfit_cash": _("「{text}」不是能用的钱数。请只用数字写多少元,最多两位小数、最多 {most} 元,比如 2 或 2.50。"),
    "shop.price_backwards": _("价格不能从过去的日子({since})改起。请从今天或以后的日子改。"),
    "shop.price_stands": _("这样货品在 {since} 这天已经定过价,没有再改。请另选一天。"),
    "shop.count_negative": _("盘点数「{number}」不能用:要是 0 到 {most} 的整数。请核对后再填。"),
    "shop.nothing_differs": _("盘点数和账上一样,不用改。"),
    "shop.moved_meanwhile": _("刚才有人动了这样货品的库存,这次盘点没有记。请重新数一遍再填。"),
    "shop.stock_short": _("「{item}」账上只剩 {left},没有办。请先盘点或进货。"),
    "shop.closed": _("「{shop}」现在没有开,不能兑换。"),
    "shop.not_of_this_place": _("这一户不在「{shop}」服务的范围里,没有兑换。请到自己村镇的积分超市。"),
    "shop.not_in_register": _("这一户已经不在册,没有兑换。请找村里核对名册。"),
    "shop.nobody_home": _("这一户登记为没有人住,卡先停着,积分都还在。人回来后请村里改登记,就能兑换。"),
    "shop.no_card": _("这一户没有已经交到手里的有效卡,没有兑换。请先到村里领卡或补卡。"),
    "shop.other_card": _("刚才读的这张卡已经不能用了(挂失或换过),没有兑换。请用新卡。"),
    "shop.pin_needed": _("输入编号兑换时要由户主输入密码,没有兑换。请户主输入密码,或带卡来扫。"),
    "shop.pin_needed_above": _("只扫卡不输密码,一天最多用 {most} 分,这一笔超过了,没有兑换。请户主输入密码。"),
    "shop.empty_basket": _("还没有选货品,没有兑换。"),
    "shop.too_many_items": _("一张凭条最多 {most} 样货品,没有兑换。请分两次办。"),
    "shop.unknown_item": _("有一样货品不是这个超市的,没有兑换。请刷新货架再选。"),
    "shop.no_price": _("「{item}」今天还没有定价,没有兑换。请先由镇里定价。"),
    "shop.sold_out": _("「{item}」只剩 {left},不够这次要的数,没有兑换。请少要一些或换别的。"),
    "shop.not_enough": _("这一户的积分不够这一笔,没有兑换。可以少换一些;带卡来扫能看到还差多少。"),
    "shop.window_closed": _("现在不是兑换的日子,没有兑换,积分都还在。按积分办法,兑换的日子是{windows}。请到那时再来。"),
    "shop.gate_shut": _(
        "按积分办法,这一户现在还不能兑换,积分都还在。怎么样就能换,请户主看积分办法和自己家的成绩单,或者问村干部。"
    ),
    "shop.price_not_listed": _(
        "「{item}」这里定的是 {price},积分办法公布的是 {listed},没有兑换。请先由镇里把价格改成办法上的。"
    ),
    "shop.return_too_late": _("这一笔是 {day} 办的,只能在当天退。以后的差错请走积分调整。"),
    "shop.return_same_person": _("退货要由另一个人来办:办兑换的人不能自己退。请另一位同志登录办理。"),
    "shop.returned_already": _("这一笔已经退过了,没有再退一次。"),
    "shop.nobody_at_the_till": _("这一单还没有认卡,或放得太久了,什么都没有扣。请重新扫卡或输短号。"),
}
