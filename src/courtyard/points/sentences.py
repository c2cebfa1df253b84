"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "points.not_an_amount": _("「{points}」不能入账:积分要填 1 到 {most} 的整数。请改后再办。"),
    "points.no_clause": _("这笔得分没有写明依据积分办法的哪一条(「{clause}」),没有入账。请核对积分办法。"),
    "points.awarded_already": _("这一户在这一轮里已经按「{clause}」得过分了,没有重复入账。请核对这一轮的结果。"),
    "points.not_enough": _("积分还差 {short} 分,这一笔没有办。可以少换一些,或等下一轮得分后再来。"),
    "points.nothing_spent": _("没有找到这张凭条扣用积分的记录,积分没有变。请核对凭条编号。"),
    "points.reversed_already": _("这一笔已经冲回过一次了,没有重复冲回。请看积分明细。"),
    "points.not_a_village": _("预算要拨给村,「{name}」不是村,没有拨入。请选一个村。"),
    "points.no_document": _("没有填文件号,预算没有拨入。请填上拨付依据的文件号。"),
    "points.budget_short": _("村里的发放预算还差 {short} 分(现剩 {left} 分),没有发。请先补足预算,再一起发给所有农户。"),
    "points.nothing_waits": _("这个村没有待发的积分,不用再发。"),
    "points.adjustment_out_of_range": _("「{points}」不能作为调整:一次最多加或减 {most} 分,不能是 0。请核对后再提。"),
    "points.no_evidence": _("没有填凭据编号,调整没有提交。请填上纸面或照片的编号。"),
    "points.same_person": _("调整要两个人办:提出的人不能自己复核。请由另一级的同志复核。"),
    "points.same_level": _("调整要由另一级的同志复核,您和提出的人是同一级,没有办。请交给镇里或监督员。"),
    "points.adjustment_decided": _("这条调整已经复核过了,没有再办一次。请刷新页面看结果。"),
    "points.day_not_over": _("{day} 这一天还没有过完,到期和清零要等一天过完才记。请第二天再办。"),
}
