"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "honours.already_decided": _("这一条现在没有等着答复的异议,可能已经有人答复过了。请刷新页面看看。"),
    "honours.correction_over": _("这份更正的日子已经到了,公示栏上可以拿下来,不用再改。"),
    "honours.counterfoil_to_come": _("回执的日期 {day} 还没有到。请核对日期,一屏里的都没有录。"),
    "honours.counterfoil_too_early": _("回执写的是 {day},这张条子 {printed} 才印。请核对日期,再录这一张。"),
    "honours.decider_is_kin": _("您是这一户的亲属,按约定回避。请别的人来答复。"),
    "honours.decider_rated": _("参加过评分或复看的人不能答复这份异议。请镇里或监督员中没有参加的人来答复。"),
    "honours.entry_open_already": _(
        "户编号 {code} 这一户已经在{listing}上办着,没有再列一条:一户不同时上红榜和黑榜,也不列两次。先把那一条办完。"
    ),
    "honours.entry_unknown": _("没有找到这一条。请从名单里再点一次。"),
    "honours.heard_twice": _("村里和镇里都已经答复过这一次评比了。还不同意,请打监督电话,由监督员来看。"),
    "honours.home_not_in_round": _("户编号「{home}」这一轮没有去过,对不上这张条子。请核对编号,再录这一张。"),
    "honours.home_unknown": _("本村没有户编号或短号「{home}」。请照回执再输一次。"),
    "honours.household_cannot_revisit": _("改好了请点「我改好了」,会有人上门看;看的结果由来的人记。"),
    "honours.household_reads_only": _("您自己在手机上看过就点「我看到了」;回执和上门由来的人记。"),
    "honours.lapsed": _("时间已过,这一条现在是「{state}」,不能再办这一步。请刷新页面看看。"),
    "honours.looked_already": _("这位已经复看过了。请换另一个组的第二个人。"),
    "honours.looker_is_kin": _("这位是这一户的亲属,按约定回避。请换人。"),
    "honours.looker_of_group": _("这位自己家就在这个组,复看要请别的组的人。请换人。"),
    "honours.looker_rated": _("这位参加了这个组这一轮的评分,复看要请没有评过的人。请换人。"),
    "honours.made_worse": _("提了意见,等次不能比原来更低。请核对各项的等次,或选「不成立」。"),
    "honours.moved_on": _("就在这一刻,别人先办了这一条的另一步,您的这一步没有办。请刷新页面再看。"),
    "honours.names_allowed_already": _("全县本来就没有关掉写名字,这次没有改。"),
    "honours.names_attendance": _(
        "决议的人数不对:到会 {attendance} 户,全村 {households} 户。写名字要过半数的户到会。请核对。"
    ),
    "honours.names_ended_already": _("这三份材料早已停用,这次没有再做什么。"),
    "honours.names_expiry_unsound": _("到期日要在 {first} 以后、{last} 以前(从决议那天起最长一年)。请核对。"),
    "honours.names_filed_already": _("这个村已经存着三份材料,到 {day} 为止。要换新的,请先停用现在的。"),
    "honours.names_forbidden": _("县里已经关掉了写名字的黑榜,哪个村都不能写。请选「只写事不写人」。"),
    "honours.names_forbidden_already": _("全县已经是关掉的,这次没有改。"),
    "honours.names_need_assessment": _("还缺影响评估:「{question}」要写清楚,至少 {least} 个字。"),
    "honours.names_need_assessor": _("还缺影响评估的评估人和日期。请填上是谁、哪天评估的。"),
    "honours.names_need_expiry": _("还缺到期日:写名字写到哪天为止。请填上。"),
    "honours.names_need_resolution": _("还缺村民会议决议:哪天开的会、决议文号。请填上。"),
    "honours.names_no_documents": _(
        "全县还没有一个村存齐三份材料(决议、到期日、影响评估),没有打开。请先让村里把材料交到镇里存好。"
    ),
    "honours.names_not_open": _(
        "写名字的黑榜要先有三份材料:村民会议决议、公示期限、个人信息影响评估,并且县里没有关掉。"
        "这里还没有存这三份材料,请选「只写事不写人」。"
    ),
    "honours.names_resolution_to_come": _("日期 {day} 还没有到。开过会、评估过,才能存。请核对日期。"),
    "honours.no_candidates": _("这一轮没有等着公示的红榜候选。可能已经公示了,请看红榜。"),
    "honours.no_notice_yet": _("还没有告知过,不用撤回。"),
    "honours.no_reasons": _("还没有写理由。请写几句,农户看得到。"),
    "honours.no_serial": _("签收回执要填回执上的编号(十位数字)。请照回执填。"),
    "honours.no_such_step": _("这一条现在是「{state}」,不能办「{verb}」。请刷新页面看看现在到哪一步。"),
    "honours.nobody_lives_there": _("这一户登记为没人常住,上门不能算告知到。请先核对名册。"),
    "honours.nobody_waits": _("现在没有等着去看的农户,不用排。"),
    "honours.not_a_look": _("这份评分不是复看或复查的,请在「待核对的评分」里按那一轮的办法办。"),
    "honours.not_evaluator": _("复看的人要在这个村有评比员职责。请换人,或先给职责。"),
    "honours.not_lapsed": _("这一条现在是「{state}」,还没有到期。"),
    "honours.not_on_lists": _("这一户在照顾名单上、没人常住或者不参加,不上榜。请点「不列入」,需要帮忙的请安排帮扶。"),
    "honours.not_phoned": _("两次上门以外,还要打过登记的电话。请打了再记。"),
    "honours.nothing_ticked": _("{serial} 还没有说勾了什么。请照回执勾,一样都没勾就选「都没有勾」。"),
    "honours.nothing_to_object": _("这一户还没有人来评过,没有可以改的结果。有别的意见,请打监督电话。"),
    "honours.nothing_typed": _("一张回执都没有录。请输编号,或者先拍照。"),
    "honours.notice_before_looks": _("告知的日期 {day} 早于复看属实的日期 {confirmed}。请核对日期。"),
    "honours.notice_not_due": _(
        "这一条现在是「{state}」,不到印告知书的时候:两个人都复看过才印,了结了就不印。请刷新页面看看。"
    ),
    "honours.notice_to_come": _("告知的日期 {day} 还没有到,或两个日期的先后不对。请核对。"),
    "honours.objection_under_way": _(
        "这一户 {day} 提的意见已经记下({channel}),正在等答复,最晚 {answer_by} 答复。不用再提一次;要补充的话,请直接跟来答复的人说。"
    ),
    "honours.objection_waits": _(
        "这一户 {day} 提的意见已经记下({channel}),关账以后开始算答复的日子。不用再提一次;要补充的话,请直接跟来答复的人说。"
    ),
    "honours.objection_unknown": _("没有找到这份意见。请从名单里再点一次。"),
    "honours.only_household_read": _("「手机上看过」只能由农户自己在自己的页面上点。请用回执,或两人两次上门。"),
    "honours.pad_size": _("空白条子一次印 1 到 {most} 张。请改一下张数。"),
    "honours.paste_done_already": _("这件事已经有人记过办好了。"),
    "honours.prize_no_taker": _("还没有选谁来领的。请选户主本人、家里人或受托代领,再记已领。"),
    "honours.prize_not_due": _("这份奖现在不是待发放,可能已经有人记过已领,或更正后没有了。请刷新页面看看。"),
    "honours.prize_not_today": _("只有今天记的「已领」能改回来。是前几天记错的,请打监督电话说明。"),
    "honours.prizes_none": _("{month} 没有要等镇里排名、等抽查的奖。请核对是哪一期。"),
    "honours.prizes_of_the_town": _("这个奖是全镇一起排的,一个村定不了。请镇里的人来办。"),
    "honours.prizes_unchecked": _("这个奖抽查过了才算,这一期还没有抽查的结果。请先办抽查,再来定。"),
    "honours.prizes_wait": _("{villages}还没有关账,名次要等各村都关了账才排。请先关账,再来定。"),
    "honours.reach_beyond_scheme": _("本村的积分办法只写到「{reach}」,不能写得更宽。要改先改办法。"),
    "honours.red_goes_together": _("红榜按村一起公示,不一条一条办。请到「红榜」里确认。"),
    "honours.revisit_first": _("这一户说已经改好了,要先上门看过,才能往下办。"),
    "honours.round_still_open": _(
        "这一轮还没有关账,结果还没有定下来。评分请在「待核对的评分」里决定;意见等关账以后答复成立。"
    ),
    "honours.said_already": _("已经记下说改好了,正等人上门看。"),
    "honours.second_person": _("公示要另一个人来确认:关账、复看或告知是您办的。请村里另一位或镇里的人来办。"),
    "honours.serial_elsewhere": _("{serial} 是{village}的条子。请换到那个村的一屏去录。"),
    "honours.serial_of_other": _("{serial} 是另一户、另一件事的条子。请核对编号和户编号,再录这一张。"),
    "honours.serial_twice": _("{serial} 在这一屏录了两次,勾的不一样。两行都没有办,请照回执留下对的一行。"),
    "honours.serial_unknown": _("没有编号是 {serial} 的条子。请照回执再输一次。"),
    "honours.serial_unsound": _("编号「{serial}」输错了:条子上是十位数字,末两位是校验。请照回执再输一次。"),
    "honours.serial_used": _("回执编号 {serial} 已经用过一次。请核对回执上的编号。"),
    "honours.still_poor": _("照这样改,结果还是差,异议就不算成立。请核对各项的等次,或选「不成立」。"),
    "honours.town_answers": _("这份意见要由镇里答复:村里答复过一次,或者过了日子。请转给镇里。"),
    "honours.whose_slip": _("{serial} 是空白条子,还不知道是谁家的。请在后面补上户编号或短号。"),
    "honours.help_kept_still": _("{month} 帮忙的人的姓名还要留着:保存 {months} 个月,到期自动清除。现在没有清除。"),
    "honours.words_kept_still": _(
        "{month} 这一轮的说明还要留着:看到的情况和说明保存 {months} 个月,到期自动清除。现在没有清除。"
    ),
    "honours.too_early": _("还没有到可以公示的日子,最早 {day}。在这以前农户还可以提异议、可以改好。"),
    "honours.two_days": _("两次上门要在不同的两天,第一次在前。请核对日期。"),
    "honours.two_people": _("上门告知要两个不同的人,都是本系统里有账号的人。请核对。"),
    "honours.help_asked_out": _(
        "今年已经说过 {most} 次「一个人弄不动」,这一次没有再记。还要帮手,请直接跟村干部说,村里照样安排;只是这一次不再停公示。"
    ),
    "honours.help_before_asked": _("帮忙的日期 {day} 早于记下要帮的那天({since})。请核对日期。"),
    "honours.help_helper_unknown": _("没有找到去帮的这一家或这个人。邻居要是本村在册的户,别的人请写名字。"),
    "honours.help_is_theirs": _(
        "是这一户自己说一个人弄不动的,要不要帮由他们自己说。请他们在自己的页面上点,或等帮好了再记。"
    ),
    "honours.help_one_helper": _("还没有写清谁去帮:选一户邻居,或选一个人,或写名字,只选一样。"),
    "honours.help_over": _("这件帮扶已经办完,没有再办一次。请刷新页面看看。"),
    "honours.help_owed": _("这一户说了一个人弄不动,村里还没有帮好。帮好、再看过以前,什么也不公示。"),
    "honours.help_own_home": _("自己家不能算帮自己家。请写去帮忙的是谁。"),
    "honours.help_to_come": _("帮忙的日期 {day} 还没有到。请核对日期。"),
    "honours.title_not_held": _("这户现在没有挂着这个称号,不用送牌。请刷新「称号」那一页看看。"),
    "honours.plaque_hangs": _("这块牌已经记过送到了,不用再记。"),
    "honours.title_still_held": _("这户还挂着这个称号,牌不用取下。"),
    "honours.plaque_not_there": _("这块牌没有送过,或者已经记过取下了,不用再记。"),
}
