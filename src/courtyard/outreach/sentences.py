"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "outreach.unprintable": _(
        "没有印:「{household}」里有字体印不出的字({characters}),印出来会缺字。请核对这个字,或者改用同音同义的字再印。"
    ),
    "outreach.no_such_paper": _("没有「{paper}」这种打印件。请从打印页面里选一种。"),
    "outreach.no_complaint_line": _("没有印:{place}还没有填监督电话,每张纸上都要有。请镇里先填好监督电话再印。"),
    "outreach.paper_only": _("「{paper}」只印在纸上,不做成图片。请选 PDF。"),
    "outreach.names_on_paper_only": _(
        "带名字的黑榜只印一张 A3 贴在本组公示栏,不做图片、不发群。请选 PDF,或者改成只写事、不写人。"
    ),
    "outreach.names_only_in_group": _("带名字的黑榜只能贴在本组,不能做全村的。请按组来印,或者改成只写事、不写人。"),
    "outreach.names_need_documents": _(
        "没有印名字:要先有村民会议决议、到期日和影响评估三样。请补齐,或者改成只写事、不写人。"
    ),
    "outreach.group_too_small": _(
        "没有按组印:这个组评了 {rated} 户、待整改 {findings} 处,少于 {homes} 户或者 {least} 处,一看就知道是谁家。请放到全村的那张上。"
    ),
    "outreach.counts_disagree": _("没有印:名字 {names} 个、红榜 {red} 户、评了 {rated} 户,数对不上。请刷新以后再印。"),
    "outreach.no_such_size": _("没有「{size}」这种纸。请选 A3 或者 A4。"),
    "outreach.no_cards": _("没有要印的卡。请先给这里的户发卡。"),
    "outreach.too_many_cards": _("一个文件最多 {most} 张卡,这次有 {cards} 张。请分村或者分组来印。"),
    "outreach.unfit_url": _("没有印:{household}的二维码网址({url})不能用。请先把对外网址设成 https 开头的,再印。"),
    "outreach.no_homes": _("没有要印的户,签收表是空的。请先导入名册。"),
    "outreach.no_words": _("没有印:村规民约是空的。请先放进村民会议通过的内容。"),
    "outreach.no_rows": _("没有要印的户,评分表是空的。请先看这个组有没有要评的户。"),
    "outreach.sheet_too_full": _(
        "评分表背面要印的字太多:最多 {most} 个字,这套办法有 {words} 个字。请把看什么、看到的情况写短些,或者合并几项。"
    ),
    "outreach.no_slips": _("没有要印的条子。没看到什么的户没有条子;还没印过的,请在「条子和回执」里按「印这个组」。"),
    "outreach.slip_without_day": _("没有印:{household}的条子没有写到哪天改好。请先定日子,再印。"),
    "outreach.notice_without_serial": _("没有印:这张告知书还没有编号,或者回执已经收回。请在这一条里按「打印告知书」。"),
    "outreach.no_notices": _("没有要印的告知书。"),
    "outreach.notice_without_evidence": _("没有印:{household}的告知书里有一条没有凭据。没有凭据就不上榜,请先补凭据。"),
    "outreach.no_joint_sheets": _("还没有一位评比员交试评表,没有可以对照的。请先把试评表录进来,再打印。"),
    "outreach.no_records": _("没有印:还没有评过,成绩单是空的。等评过一轮再来印。"),
    "outreach.no_round_closed": _("{place}还没有结过轮,没有榜可以印。请等结完这一轮再印。"),
    "outreach.round_elsewhere": _("没有印:这一轮不是{place}那个村的。请用那个村的轮次编号。"),
    "outreach.round_still_open": _("{wanted}的评比还没有关账,还没有榜可印。请先关账,或印{shown}的。"),
    "outreach.not_this_round": _("{wanted}的榜已经换成{shown}的,换下来的榜不再印。请印{shown}的。"),
    "outreach.prints_kept_still": _(
        "{month} 印的还要留着:打印件的内容保存 {months} 个月,好核对墙上贴的。到期自动清除,现在没有清除。"
    ),
    "outreach.already_erased": _("这张打印件的内容早已清除,这次没有再做什么。"),
}
