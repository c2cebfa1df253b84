"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "inspections.absent_but_marked": _(
        "编号 {household} 这户选了「{presence}」,就不再填好中差和看到的情况。请只留一样。"
    ),
    "inspections.always_paused": _(
        "{month} 大半在「{pause}」里,照积分办法不评;以后一年里没有一个月不停。请先看看积分办法里停评的日子。"
    ),
    "inspections.area_missing": _(
        "编号 {household} 这户还没有填完:{areas}。请每一项都填;主人没同意进屋的填「没同意进屋」。"
    ),
    "inspections.carried_home": _(
        "编号 {household} 这户上次评得好,这一轮照办法不去看,抽到的才去,不由人点名加。下一次全面评比会去。"
    ),
    "inspections.concern_answered": _("这一条已经有人答复过了。请刷新页面看看。"),
    "inspections.day_before_look": _("编号 {household} 这户的日期 {day} 早于可以去看的 {since}。请核对纸上的日期。"),
    "inspections.day_before_round": _(
        "编号 {household} 这户的日期 {day} 早于这一轮({month})。请看看纸上的日期,或换到那一轮去填。"
    ),
    "inspections.day_to_come": _("编号 {household} 这户的日期 {day} 还没有到。请核对纸上的日期。"),
    "inspections.decide_as_late": _(
        "这一轮已经关账,这份评分要作为迟到的评分来决定,结果会一起重算。请到「待核对的评分」里办理。"
    ),
    "inspections.decide_as_look": _("这份评分是复看或复查的,决定以后名单要跟着办。请在「待核对的评分」里办。"),
    "inspections.earlier_round_open": _(
        "{month} 的那一轮还没有关账,后面的不能先关。请先关那一轮;那一轮没有去评的,在它的关账页上点「没有去评,这一轮作罢」。"
    ),
    "inspections.deeds_kept_still": _("{month} 的事项说明还要留着:保存 {months} 个月,到期自动清除。现在没有清除。"),
    "inspections.findings_kept_still": _(
        "{month} 的评比看到的情况还没有满 {months} 个月,农户还要查,现在不能删。满了会自动删掉。"
    ),
    "inspections.group_before": _(
        "这个村已经有一届评比小组从 {since} 开始,新的一届要晚一天以上开始。请核对任期的第一天。"
    ),
    "inspections.group_not_in_round": _("{group} 不在这一轮里,不用排评比员。请选这一轮要走的组。"),
    "inspections.home_twice": _("同一户在这张表里出现了两次。请删掉一行再保存。"),
    "inspections.kin_steps_aside": _(
        "编号 {household} 这户是这位评比员自己家或亲属家,按约定回避。请选「我是亲戚,不评」。"
    ),
    "inspections.in_round_already": _("编号 {household} 这户已经在这一轮里,不用再加。"),
    "inspections.joint_places_unfit": _(
        "试评表上第 {yard} 户「{area}」写的是「{found}」,要写看到几处:0 到 {most} 的整数。"
    ),
    "inspections.joint_kept_still": _("{day} 的试评还没有满 {months} 个月,现在不能删。满了会自动删掉。"),
    "inspections.later_month_stands": _("已经有 {later} 的轮次,不能再补开更早的 {month}。请开以后的月份。"),
    "inspections.marks_at_once": _(
        "就在这一刻,同一位评比员的评分从另一处也存进来了,这一次没有存。请刷新看看,再补没有的。"
    ),
    "inspections.marks_unknown": _("没有找到要采用的那份评分。请刷新页面再选。"),
    "inspections.meeting_to_come": _("推选会议的日期 {day} 还没有到。请开完会、推选好了再登记。"),
    "inspections.member_twice": _("同一个人在评比小组里排了两次。一个人只占一个位置,请换一位。"),
    "inspections.member_without_duty": _("有的人在这个村没有评比员职责,不能进评比小组。请镇里先给职责,或换人。"),
    "inspections.month_between": _(
        "{month} 没有评比:照积分办法{pause},在头一个月评,没有开。下一轮是 {next} 的,到时候再开。"
    ),
    "inspections.month_due": _(
        "{due} 的评比还没有开。先开了 {month} 的,{due} 的就再也开不成,所以没有开。请先开 {due} 的;"
        "这个月确实不评的,在「自己选月份开」里勾上「这个月不评了」再开。"
    ),
    "inspections.week_due": _(
        "{due} 的评比还没有开。先开了 {month} 的,{due} 的就再也开不成,所以没有开。请先开 {due} 的;"
        "这一周确实不评的,在「自己选月份开」里勾上「这个月不评了」再开。"
    ),
    "inspections.week_too_far": _("{month} 还太早,一周一评的最多提前一周开。请到时候再开。"),
    "inspections.rated_by_week": _(
        "这个村照积分办法一周一评,{month} 是一个月,没有开。请选「哪一周」(命令里写成 2026-W47 这样),或按「下一轮」开。"
    ),
    "inspections.rated_by_month": _(
        "{month} 的头一天,这个村的积分办法还不是一周一评,没有开。一周一评从办法起用以后的头一个整周开始;按月评的请选月份。"
    ),
    "inspections.month_paused": _("{month} 大半在「{pause}」里,照积分办法不评,没有开。下一轮从 {next} 起,到时候再开。"),
    "inspections.month_too_far": _("{month} 还太早,最多提前一个月开轮次。请到时候再开。"),
    "inspections.next_waits": _(
        "{month} 的评比要等 {earlier} 那一轮关账以后再开。请先关那一轮;没有去评的,在它的关账页上点「没有去评,这一轮作罢」。"
    ),
    "inspections.no_answer": _("还没有写查到了什么、怎么办的。请写几句再答复。"),
    "inspections.no_checker": _(
        "{group} 没有可以去抽查的人:评过这个组的、自己家在这个组的都要回避。请先给别组或别村的评比员在这个村的职责,再抽。"
    ),
    "inspections.no_closed_round": _("{village} 还没有关过账的一轮,没有可以抽查的。请等关账以后再抽。"),
    "inspections.no_duty_there": _("有的人今天在这个村没有评比员职责。请先给职责,或换人。"),
    "inspections.no_group": _("{village} 现在没有在任的评比小组,不能一起试评。请先开会推选,再登记评比小组。"),
    "inspections.no_homes": _("{village} 还没有可以评的农户。请先导入名册,或看看是不是都登记为没人住、不参加。"),
    "inspections.marked_already": _("{month} 这一轮已经有户评过了,不能作罢。请把评分录齐,照常关账。"),
    "inspections.round_dropped": _("{month} 这一轮已经作罢,不再收评分,所以没有记。要评的,请开下一轮。"),
    "inspections.no_marks": _(
        "{month} 这一轮还没有收到一份评分,不能关账。请先录入评分;这一轮真没有去评的,点「没有去评,这一轮作罢」。"
    ),
    "inspections.no_result": _("这一户在这一轮还没有结果,没有可以更正的。请先关账。"),
    "inspections.no_scheme": _(
        "{village} 在 {month} 还没有通过积分办法,不能开轮次。请先开会通过一份办法,写上文号和开始的月份。"
    ),
    "inspections.no_seat": _("编号 {household} 这户所在的组没有排这位评比员。请先把人排进这个组,再录入。"),
    "inspections.nobody_came": _("还没有写推选会议到了多少人。请照会议记录写上人数。"),
    "inspections.nobody_rated": _("{month} 那一轮没有评出等次的农户,不用抽查。"),
    "inspections.nobody_replied": _("家里没有人,三问就没有人答。请把三问留空,或改成「看过」。"),
    "inspections.not_a_member": _("有的人不在这一届评比小组里,不能排。请从小组成员里选,或开会补选后登记新的一届。"),
    "inspections.not_a_month": _("「{month}」不是月份的第一天。请选一个月份。"),
    "inspections.no_two_checkers": _(
        "「{group}」只找得到一位没评过、也不住那个组的评比员。这个办法的抽查会改动结果,不能凭一个人看的改,要两个人一起去。"
        "请镇里从别的村派一位评比员,再抽。"
    ),
    "inspections.not_a_spot": _("这一轮不是抽查,不在这里结束。请回到轮次列表。"),
    "inspections.not_a_village": _("{place} 不是村,轮次要按村来开。请选一个村。"),
    "inspections.not_a_walk": _("这一轮不是复看或复查,不在这里结束。请回到轮次列表。"),
    "inspections.not_in_round": _(
        "编号 {household} 这户不在这一轮里,没有存。开轮以后才来的户,请村里先到这一轮的「开轮以后才来的户」里加进来;"
        "不加的,请把这一行去掉再保存。"
    ),
    "inspections.not_rateable": _("编号 {household} 这户登记为没人常住或不参加,不评。情况变了请先改名册。"),
    "inspections.not_the_months_round": _(
        "这是「{kind}」,不是当月的评比:不排评比小组,不按表录入,也不关账。请到「回访」里一户一户记。"
    ),
    "inspections.nothing_to_decide": _("这一户没有等着决定的评分,可能别人已经决定了。请刷新页面看看。"),
    "inspections.one_kind_only": _("评比小组里要既有党员代表,也有村民代表,现在只有一种。请按会议记录改过来。"),
    "inspections.other_village": _("编号 {household} 这户不在这个村。请核对编号。"),
    "inspections.own_group": _("有 {found} 位评比员自己家就在这个组,村里还有别人可以排。请换成别组的人。"),
    "inspections.panel_size": _("一个组要 {least} 到 {most} 位评比员,现在选了 {found} 位。请再选。"),
    "inspections.places_unfit": _("编号 {household} 这户「{area}」看到的处数不对:写 1 到 {most} 的整数。"),
    "inspections.really_places_unfit": _("「{area}」实际看到的处数不对:写 1 到 {most} 的整数。"),
    "inspections.poor_without_finding": _(
        "编号 {household} 这户「{area}」选了「差」,还没有选看到了什么。没有凭据就不能算差,请选一条。"
    ),
    "inspections.replied_already": _("这一户这一次的三问已经记过,和现在填的不一样。要更正请告诉监督员。"),
    "inspections.review_own": _("自己给的或自己录的评分,不能由自己决定采用哪一份。请镇里或监督员来定。"),
    "inspections.reviews_first": _("还有评分等着核对,核对完才能结束。请到「待核对的评分」里办理。"),
    "inspections.round_closed": _("这一轮已经关账,不能再改。迟到的评分会进「待核对的评分」。"),
    "inspections.round_stands": _("{month} 已经有一轮了,一个村一个月只开一轮。请直接用那一轮。"),
    "inspections.round_unknown": _("没有找到这一轮。请从轮次列表里再点一次。"),
    "inspections.seat_has_marks": _("有的评比员已经在这个组交了评分,不能撤下。请把他留在名单里。"),
    "inspections.seat_twice": _("同一位评比员选了两次。请换一位。"),
    "inspections.spot_closed": _("这一次抽查已经结束、比过了,不再收评分。请告诉镇里,下一次再抽。"),
    "inspections.spot_stands": _("{month} 那一轮已经抽查过一次,一轮只抽一次。请直接用那一次。"),
    "inspections.spot_unseen": _(
        "抽查还不能结束:抽到 {homes} 户,记下 {seen} 户,还没有一户评了等次,没有可以比的。"
        "请在下面点户名,把去看的人看到的一户一户记下;没人在家的改天再去。有一户评了,就可以结束。"
    ),
    "inspections.term_before_meeting": _("任期从 {since} 开始,早于推选会议。先推选,后上任,请核对两个日期。"),
    "inspections.term_ends_early": _("任期到 {last} 就结束了,早于开始的那天或今天。请核对任期的最后一天。"),
    "inspections.term_over": _("评比小组的任期到 {last} 已经结束,不能再排人去评。请开会推选下一届,登记以后再排。"),
    "inspections.term_too_long": _("任期最长 {years} 年。请把最后一天改早,到期再推选。"),
    "inspections.too_few_evaluators": _("村里有职责的评比员只有 {found} 位,办法要求至少 {least} 位。请先给人职责。"),
    "inspections.too_many_findings": _("编号 {household} 这户看到的情况太多:最多 {most} 条。请写要紧的。"),
    "inspections.trio_incomplete": _("第 {trio} 小组不齐:每个小组要 3 位评比员和 1 位候补。请补齐再登记。"),
    "inspections.unprintable_words": _("「{field}」里有打印不出来的字:{characters}。请换个写法。"),
    "inspections.words_missing": _("编号 {household} 这户「{area}」选了「其他」,还没有写看到了什么。请写一句。"),
    "inspections.words_on_character": _("「{field}」里有说人的词「{word}」。请只写看到的东西,不说人。"),
    "inspections.yard_incomplete": _("试评表上第 {yard} 户还没有填完:{areas}。请每一项都填。"),
    "inspections.yard_unknown": _("试评表上第 {yard} 户填的不对:没有这一户、这一项或这个等次。请照纸上的编号再填。"),
    "inspections.yards_drawn": _("这一届评比小组的试评户已经抽过,一届只抽一次。请直接用抽好的那几户。"),
    "inspections.deed_decided": _("这件事项已经有人确认过或没有确认,没有再办一次。请刷新页面看结果。"),
    "inspections.deed_home_out": _("编号 {household} 这户登记为没人常住或不参加,事项不记分。情况变了请先改名册。"),
    "inspections.deed_no_evidence": _("「{deed}」要写明凭据:谁看见的、照片或纸的编号。请补上再记。"),
    "inspections.deed_same_level": _("事项要由另一级的同志确认,您和记的人是同一级,没有办。请交给镇里或监督员。"),
    "inspections.deed_same_person": _("事项要两个人办:记的人不能自己确认。请由另一级的同志确认。"),
    "inspections.deed_to_come": _("事项的日期 {day} 还没有到。请核对日期。"),
    "inspections.deed_twice": _("编号 {household} 这户在 {day} 已经记过「{deed}」,同一件一天只记一次。请核对。"),
    "inspections.deed_amount": _(
        "数量「{given}」没有看懂:请用阿拉伯数字写,比 0 大、不超过 {most},小数最多三位,如 6 或 2.5。没有记下。"
    ),
    "inspections.deed_amount_whole": _("数量「{given}」带了小数,按「{unit}」数的要写整数,如 3。没有记下。"),
    "inspections.deed_answer_late": _("答复这条意见的日子已经过了,按办法就照农户说的办:请选「按说的办」。"),
    "inspections.deed_answer_own": _("不同意的意见要由没有记过、也没有确认过这一条的同志答复。请交给另一位。"),
    "inspections.deed_answered": _("这一条已经答复过了,没有再办一次。请刷新页面看结果。"),
    "inspections.deed_care": _("编号 {household} 这户先要帮:村里的名单上写着要照顾,不减分。请安排人去帮着收拾。"),
    "inspections.deed_change_day": _("日期 {day} 对不上:要在这件事项那天以后、今天以前。请核对。"),
    "inspections.deed_event": _(
        "「同一回事的编号」只能用 16 个以内的数字或英文字母,现在写的是「{given}」。请改一改再记。"
    ),
    "inspections.deed_how_much": _("「{deed}」按{unit}算,请写上数量再记。"),
    "inspections.deed_late": _("{day} 那一期到 {last} 已经完了,办法写明过后报来的不算。没有记下。"),
    "inspections.deed_mends_nothing": _("这件事项改好了也不改分,不用记。"),
    "inspections.deed_no_price": _("「{deed}」在 {day} 那天没有这样东西的价。请从价目里选一样,或核对日期。"),
    "inspections.deed_no_reasons": _("请写一两句照实的话:为什么这样办。写了再提交。"),
    "inspections.deed_not_counted": _("「{deed}」不按数量算,请不要写数量,也不选东西。"),
    "inspections.deed_not_standing": _(
        "这件事项现在不在算分的里面(还没有确认,或已经收回),这一步办不了。请刷新页面看它到哪一步了。"
    ),
    "inspections.deed_not_told": _("「{deed}」会减分,要先当面告诉农户。请写哪天告诉的:在 {day} 以后、今天以前。"),
    "inspections.deed_objected": _("农户对这一条有意见,还没有答复,先不能确认。请先由没有经手的同志答复。"),
    "inspections.deed_said_already": _("这一条已经有人说过,正在等答复或已经办了,没有再记一次。"),
    "inspections.deed_takes_nothing": _("这件事项没有减分,不用提意见。分数不对,请在「对评比有意见」里说。"),
    "inspections.deed_told_lately": _("会减分的要告知以后等几个工作日,农户可以改、可以提意见。最早 {day} 才能确认。"),
    "inspections.deed_too_little": _("「{deed}」{given} 还不够算 1 分,没有记。凑够了再一起记。"),
    "inspections.deed_too_much": _("「{deed}」{given} 算下来超过一次能记的最多分数,没有记。请核对数量。"),
    "inspections.deed_unknown": _("{day} 那天执行的积分办法里没有这一项。请从办法里的事项选一项。"),
}
