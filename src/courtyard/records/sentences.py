"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "records.other_input": _(
        "这一次提交的编号已经用过,但内容不一样,所以没有再办一次。第一次的结果还在;要改请回到页面重新填写。"
    ),
    "records.conflict": _("就在这一刻,别人先改了同一条记录,您的这一步没有生效。请刷新页面看看现在的情况,再决定。"),
    "records.busy": _("现在同时办理的人太多,您的这一步还没有办。什么都没有丢,请过几秒钟再按一次。"),
}
