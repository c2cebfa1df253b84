"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "inspections.absent_but_marked": _(
        "编号 {household} 这户选了「{presence}」,就不再填好中差和看到的情况。请只留一样。"
    ),
    "inspections.area_missing": _(
        "编号 {household} 这户还没有填完:{areas}。请每一项都填;主人没同意进屋的填「没同意进屋」。"
    ),
    "inspections.day_before_round": _(
        "编号 {household} 这户的日期 {day} 早于这一轮({month})。请看看纸上的日期,或换到那一轮去填。"
    ),
    "inspections.day_to_come": _("编号 {household} 这户的日期 {day} 还没有到。请核对纸上的日期。"),
    "inspections.decide_as_late": _(
        "这一轮已经关账,这份评分要作为迟到的评分来决定,结果会一起重算。请到「迟到的评分」里办理。"
    ),
    "inspections.earlier_round_open": _("{month} 的那一轮还没有关账,后面的不能先关。请先关那一轮。"),
    "inspections.findings_kept_still": _(
        "{month} 的评比看到的情况还没有满 {months} 个月,农户还要查,现在不能删。满了会自动删掉。"
    ),
    "inspections.group_not_in_round": _("{group} 不在这一轮里,不用排评比员。请选这一轮要走的组。"),
    "inspections.home_twice": _("同一户在这张表里出现了两次。请删掉一行再保存。"),
    "inspections.kin_steps_aside": _(
        "编号 {household} 这户是这位评比员自己家或亲属家,按约定回避。请选「我是亲戚,不评」。"
    ),
    "inspections.later_month_stands": _("已经有 {later} 的轮次,不能再补开更早的 {month}。请开以后的月份。"),
    "inspections.marks_at_once": _(
        "就在这一刻,同一位评比员的评分从另一处也存进来了,这一次没有存。请刷新看看,再补没有的。"
    ),
    "inspections.marks_unknown": _("没有找到要采用的那份评分。请刷新页面再选。"),
    "inspections.month_too_far": _("{month} 还太早,最多提前一个月开轮次。请到时候再开。"),
    "inspections.no_duty_there": _("有的人今天在这个村没有评比员职责。请先给职责,或换人。"),
    "inspections.no_homes": _("{village} 还没有可以评的农户。请先导入名册,或看看是不是都登记为没人住、不参加。"),
    "inspections.no_marks": _("{month} 这一轮还没有收到一份评分,不能关账。请先录入评分。"),
    "inspections.no_result": _("这一户在这一轮还没有结果,没有可以更正的。请先关账。"),
    "inspections.no_scheme": _(
        "{village} 在 {month} 还没有通过积分办法,不能开轮次。请先开会通过一份办法,写上文号和开始的月份。"
    ),
    "inspections.no_seat": _("编号 {household} 这户所在的组没有排这位评比员。请先把人排进这个组,再录入。"),
    "inspections.not_a_month": _("「{month}」不是月份的第一天。请选一个月份。"),
    "inspections.not_a_village": _("{place} 不是村,轮次要按村来开。请选一个村。"),
    "inspections.not_in_round": _("编号 {household} 这户不在这一轮里。新来的户请先「加入这一轮」,再录入。"),
    "inspections.not_rateable": _("编号 {household} 这户登记为没人常住或不参加,不评。情况变了请先改名册。"),
    "inspections.nothing_to_decide": _("这一户没有等着决定的评分,可能别人已经决定了。请刷新页面看看。"),
    "inspections.other_village": _("编号 {household} 这户不在这个村。请核对编号。"),
    "inspections.own_group": _("有 {found} 位评比员自己家就在这个组,村里还有别人可以排。请换成别组的人。"),
    "inspections.panel_size": _("一个组要 {least} 到 {most} 位评比员,现在选了 {found} 位。请再选。"),
    "inspections.review_own": _("自己给的或自己录的评分,不能由自己决定采用哪一份。请镇里或监督员来定。"),
    "inspections.round_closed": _("这一轮已经关账,不能再改。迟到的评分会进「待决定」。"),
    "inspections.round_stands": _("{month} 已经有一轮了,一个村一个月只开一轮。请直接用那一轮。"),
    "inspections.round_unknown": _("没有找到这一轮。请从轮次列表里再点一次。"),
    "inspections.seat_has_marks": _("有的评比员已经在这个组交了评分,不能撤下。请把他留在名单里。"),
    "inspections.seat_twice": _("同一位评比员选了两次。请换一位。"),
    "inspections.too_few_evaluators": _("村里有职责的评比员只有 {found} 位,办法要求至少 {least} 位。请先给人职责。"),
    "inspections.too_many_findings": _("编号 {household} 这户看到的情况太多:最多 {most} 条。请写要紧的。"),
    "inspections.unprintable_words": _("「{field}」里有打印不出来的字:{characters}。请换个写法。"),
    "inspections.words_missing": _("编号 {household} 这户「{area}」选了「其他」,还没有写看到了什么。请写一句。"),
    "inspections.words_on_character": _("「{field}」里有说人的词「{word}」。请只写看到的东西,不说人。"),
}
