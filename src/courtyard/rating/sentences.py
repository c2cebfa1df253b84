"""What this room's refusals and warnings say. `clause` is the place in the document, as its author wrote it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # Reading a document
    "rating.document_too_large": _("积分办法的文件太大:最多 {most} 字节,现在 {found} 字节。请删掉不用的内容再交。"),
    "rating.document_too_many": _(
        "积分办法里的条目太多(「{clause}」里最多):一共最多 {most} 个。请分清哪些是评分项,删掉多余的再交。"
    ),
    "rating.document_too_deep": _("积分办法里一层套一层太深(「{clause}」):最多 {most} 层。请照样本文件的写法写。"),
    "rating.document_unreadable": _("积分办法不是能读的 {kind}:{why}。请对照样本文件检查这一处的引号、等号和括号。"),
    "rating.faults_more": _("一共有 {found} 处不对,先列了 {shown} 处。请改了再查,多半是同一种写法反复出现。"),
    "rating.clause_unknown": _("「{clause}」不是办法里的写法。这里可以写:{allowed}。请改名或删掉。"),
    "rating.clause_missing": _("少了「{clause}」。请写上:{write}。"),
    "rating.clause_wrong_kind": _("「{clause}」的写法不对。应当写:{write}。"),
    "rating.clause_out_of_range": _("「{clause}」写的是 {found},应当在 {least} 到 {most} 之间。请改。"),
    "rating.clause_not_one_of": _("「{clause}」写的是「{found}」,只能写其中一个:{choices}。"),
    "rating.clause_twice": _("「{clause}」里「{found}」写了两次。每个只能写一次,请删掉或改名。"),
    "rating.clause_needs_engine": _(
        "「{clause}」是算法 {engine} 才有的写法。请把最前面的 engine 写成 {engine},或删掉这一处。"
    ),
    "rating.document_not_utf8": _(
        "积分办法的文件第 {line} 行有读不出的字,多半不是 UTF-8。请在编辑器里另存为 UTF-8 再交。"
    ),
    # Clauses against one another
    "rating.labels_not_descending": _("「{clause}」要从好到差排,前一个的分要比后一个的高。请改次序或分数。"),
    "rating.weights_not_hundred": _("「{clause}」各项的份量合起来是 {found},应当正好是 100。请改各项的 weight。"),
    "rating.only_consent_areas": _(
        "「{clause}」每一项都要进屋才能看。至少要有一项不进屋也能看,否则没同意进屋的户没法评。"
    ),
    "rating.code_kept": _("「{clause}」不能用代号「{found}」:它专指{means}。请换一个代号。"),
    "rating.key_kept": _("「{clause}」的按键「{found}」不能用。请用一个英文字母或数字,{kept} 另有用处,不能占。"),
    "rating.card_needs_disclaimer": _("卡名里有「征信」,「{clause}」就必须写明「{write}」。请补上。"),
    "rating.band_empty": _("「{clause}」里没有一个分数:下限要小于上限。请改 least 或 most。"),
    "rating.bands_short": _("等次要从最高的 {top} 分排到 0 分,「{clause}」应当写 {write}。"),
    "rating.bands_overlap": _(
        "「{better}」和「{worse}」有重叠的分数(「{clause}」)。请改上下限,或用 includes 写明界上的分数归哪一等。"
    ),
    "rating.bands_gap": _(
        "「{better}」和「{worse}」之间有分数哪一等都不归(「{clause}」)。请改上下限,或用 includes 写明界上的分数归哪一等。"
    ),
    "rating.names_nothing": _("「{clause}」写的「{found}」在办法里没有。已有的是:{choices}。"),
    "rating.cap_below_award": _(
        "「{clause}」{time}最多 {cap} 分,比「{award}」一次的 {points} 分还少。请提高上限或减少这一项的分。"
    ),
    "rating.red_is_worst": _("「{clause}」把最低的等次放上红榜。请写较好的等次。"),
    "rating.red_not_above_black": _("红榜的等次要比黑榜的好(「{clause}」)。同一户不能又红又黑,请改。"),
    "rating.black_is_not_worst": _("「{clause}」只能写最低的等次。"),
    "rating.black_needs_three": _(
        "「{clause}」写的是 {found} 人。不足 {least} 人评的,任何办法都不得上黑榜。请写 {least} 或更多。"
    ),
    "rating.black_needs_finding": _("「{clause}」必须写 true:没有写明看到了什么的,任何办法都不得上黑榜。"),
    "rating.black_excludes_kin": _("「{clause}」不能写 false:有亲戚参评的,任何办法都不得上黑榜。"),
    "rating.black_needs_pictures": _(
        "「{clause}」里这些项没有看到的情况可选:{areas}。有黑榜的办法每一项都要有 pictures,评比员才写得出事实。"
    ),
    "rating.clause_out_of_place": _("「{clause}」在这里不起作用:它只管{where}。请删掉这一处,或{write}。"),
    "rating.only_extra_areas": _("「{clause}」全是附加分(extra = true)。至少要有一项不是附加分,等次才有得可评。"),
    "rating.labels_missing": _(
        "这些项要评字:{areas},可是「{clause}」里没有够用的字。请写上至少 {least} 个,如好、中、差。"
    ),
    "rating.items_not_weight": _(
        "「{clause}」各条的 most 合起来是 {found} 分,应当正好是这一项的 weight {weight} 分。请改各条的 most 或这一项的 weight。"
    ),
    "rating.findings_need_pictures": _(
        "「{area}」按看到几处减分,可是没有看到的情况可选(「{clause}」)。请写上 pictures,每种情况一行。"
    ),
    "rating.finding_takes_nothing": _(
        "看到「{name}」减几分没有写。请写「{clause}」,或给这一项写一个每处都一样的 each_finding。"
    ),
    "rating.least_is_all": _(
        "「{clause}」写最少剩 {found} 分,这一项一共才 {weight} 分,看到什么都不减。请写小一些,或改成打分数。"
    ),
    "rating.stars_mixed": _(
        "「{first}」和「{other}」不是按同一样东西定的(「{clause}」)。一个办法里的星级只能都按同一本账,或都按总分。请改 of 或 ledger。"
    ),
    "rating.stars_short": _("星级要把所有的分都排上,不然有的户哪一星都不是。「{clause}」请写:{write}。"),
    "rating.rank_needs_one": _("「{clause}」要写清取几名。请在 count(几户)和 share(几成)里正好写一个。"),
    "rating.review_missing": _(
        "「{asking}」要等抽查过了才算,可是办法里没有写「{clause}」。请写上抽查的作用,或删掉 recheck。"
    ),
    "rating.review_only_flags": _(
        "「{asking}」要等抽查过了才算,可是「{clause}」写的是 flags,抽查只标出来,没有过不过。请写 replaces 或 vetoes。"
    ),
    "rating.points_not_whole": _(
        "「{clause}」写的是 {found} 分。「{ledger}」能换东西,里面的分要整。请写整数,或记到不能换东西的账里。"
    ),
    "rating.cap_other_ledger": _(
        "「{clause}」写了「{found}」,可是它不记在「{ledger}」这本账里,这个封顶管不到。请改封顶的 ledger 或去掉它。"
    ),
    "rating.mended_is_worse": _(
        "「{clause}」写改好后算 {found} 分,比没改好的 {points} 分还低。改好了不能更吃亏,请写高一些。"
    ),
    "rating.person_per_member": _(
        "积分记在每个人名下,「{clause}」就不能再按人数乘。请删掉这一处,或把 account 写成 household。"
    ),
    "rating.ledger_not_spendable": _(
        "「{clause}」写的「{ledger}」不能换东西。请写能换东西的账,或把那本账的 spendable 写成 true。"
    ),
    "rating.gate_needs_rung": _("「{clause}」没有写低到哪里才不行。请写 band(等次)或 star(星级)。"),
    "rating.title_lost_at_once": _(
        "照「{clause}」,刚得的称号同一轮就会失去。请写低一些,至少要低于得称号的那一等或那个分。"
    ),
    "rating.room_unknown": _(
        "「{clause}」写的「{found}」在这个办法里没有。请照报错时的写法写,如 awards[good].points。"
    ),
    "rating.room_no_number": _(
        "「{clause}」写的「{found}」不是一个数,不能给村里留幅度。请写一个数,或把整个部分写进 free。"
    ),
    "rating.room_leaves_out": _(
        "「{clause}」给「{of}」留的是 {least} 到 {most},可是办法里自己写的是 {found}。请把自己的数也放进幅度里。"
    ),
    "rating.clause_cycle": _(
        "分数转成了一圈,算不出头:{chain}。先记哪一笔,结果就不一样。请让「{clause}」记到另一本账,或换一个得法。"
    ),
    # What the linter refuses and warns of
    "rating.subject_refused": _("「{clause}」里有「{word}」。{subject}不得同积分、榜单挂钩。请删掉这一条。"),
    "rating.word_refused": _("「{clause}」里有「{word}」。看到的情况只写东西,不写人的好坏。请改成看到了什么、怎么改。"),
    "rating.word_warned": _("请留意:「{clause}」里有「{word}」,说的是人不是院子。建议换个说法。"),
    "rating.names_warned": _("请留意:「{clause}」写了公布姓名。没有村民会议决议、到期日和影响评估三样,姓名不会公布。"),
    "rating.out_of_reach_warned": _(
        "请留意:每项都评「{label}」也到不了「{band}」(「{clause}」)。多半是上下限或分数写错了。"
    ),
    "rating.few_raters_warned": _("请留意:「{clause}」只要 {found} 人评。不足三人评的可以得分,但不上黑榜。"),
    "rating.budget_warned": _(
        "请留意:没有写「{clause}」。村里的预算不够发一轮积分时怎么办?不写就是全村一起待发,补足了再一起发"
        '(short = "wait");会议也可以定为全村按同一个比例发(short = "factor")。'
    ),
    # What a scheme lets be spent, and files of cases
    "rating.spend_window": _("现在不在兑换的日子里,这次没有换。请看办法写明的兑换日子,到时再来,积分都在。"),
    "rating.spend_gate": _("办法写明,上一次评的等次没有到,这一期先不兑换。积分都在,下一次评到了就可以换。"),
    "rating.spend_short": _("积分还不够换这一样,没有换。请换少一点的,或等下一次得了分再来。"),
    "rating.spend_nobody_home": _("这处房子登记为没人常住,卡先不能换东西。有人回来住了,请村干部登记一下就可以换。"),
    "rating.spend_no_reward": _("办法公布的单子上,这一天没有这一样。请从单子上另选一样。"),
    "rating.spend_no_ledger": _("这个办法没有这一本能换东西的账,没有换。请写办法里 spendable = true 的账。"),
    "rating.no_cases": _("例子文件里没有例子。请至少写一个 [[case]],写明 name、经过和要核对的结果。"),
    "rating.bought_off": _("「{clause}」里有「{word}」。评比、公示和减的分,都不能拿钱或积分换掉。请删掉这一条。"),
    "rating.quota_warned": _(
        "请留意:「{name}」只看名次、不看好坏(「{clause}」)。院子都收拾好了,也总有几户排在最后。建议加写 band,只在最低的等次里取。"
    ),
    "rating.ends_meet_warned": _(
        "请留意:{when},同一户会又在「{first}」的前几名里、又在「{clause}」的后几名里。照 ranking.on_both,这样的户{then}。"
        "户数少的地方,请把名额写小,或用 ranking.least_rated 写明最少几户才排。"
    ),
    "rating.red_by_rank_warned": _(
        "请留意:{red}不看等次(「{clause}」),{black}看等次,同一户可能两头都够得上。建议给{red}{write}。"
    ),
    "rating.no_evidence_warned": _(
        "请留意:「{name}」是减分的,却不要凭据(「{clause}」)。没有凭据,本户有异议时说不清。建议写 true。"
    ),
    "rating.doubled_warned": _("请留意:「{name}」把减分也翻倍了(「{clause}」)。建议只翻得分的,减分的照一次算。"),
    "rating.windows_overlap_warned": _("请留意:「{clause}」和「{other}」的日子有重叠。哪一段开着都能换,建议并成一段。"),
    "rating.names_both_warned": _("请留意:「{clause}」写了 deeds,又写了 category:两样里的事项都管。多半只要写一样。"),
    "rating.rank_wide_warned": _(
        "请留意:「{clause}」在全镇排名,可是办法不由镇里通过,别的村可能用别的办法。建议写 village 或 group。"
    ),
    "rating.idle_warned": _("请留意:「{clause}」不起作用:{why}。可以删掉,或把要的写全。"),
    "rating.question_open": _("请留意:有一件事没有说清楚:{question}请在「{clause}」写其中一个:{write}。"),
    # Marks against the sheet
    "rating.absent_but_marked": _("写了没在家,又写了评分。请二选一:人在家就只留评分,没在家就删掉评分。"),
    "rating.area_marked_twice": _("同一项评了两次。每一项只能评一个字,请删掉一个。"),
    "rating.area_unknown": _("评分表上没有「{area}」这一项。请用本村现在的评分表。"),
    "rating.area_needs_no_consent": _("「{area}」不进屋就能看,不能写没同意进屋。请评好、中、差,或空着。"),
    "rating.label_unknown": _("「{area}」不能评「{label}」。请用评分表上的字。"),
    "rating.number_unfit": _("「{area}」写的是「{found}」,要写 0 到 {most} 的数,最多三位小数。请对照评分表改。"),
    "rating.items_unfit": _(
        "「{area}」有 {items} 个评分项,写了 {found} 个数。请每项写一个数,不适用的写 na,用加号连起来。"
    ),
    "rating.only_looked": _("「{area}」按看到几处记,不打分,写的是「{found}」。看过了就记看过,再记看到的情况。"),
    "rating.picture_unknown": _("「{area}」的情况表里没有「{picture}」。请用本村现在的评分表。"),
    # A village's scheme in its town's frame
    "rating.frame_fixed": _(
        "「{clause}」({label})由镇里统一定,镇里写的是:{old}。村里的办法请照抄这一条;要改,请镇里在 frame 里给出余地。"
    ),
    "rating.frame_out_of_room": _(
        "「{clause}」({label})写的是 {found},镇里给村里的余地是 {least} 到 {most}。请改到这中间。"
    ),
    "rating.frame_order": _("「{clause}」里各条的先后和镇里的不一样。先后决定封顶时先算谁,请照镇里的次序写。"),
    "rating.frame_own_deeds": _(
        "本村自加的事项有 {found} 条,镇里最多让加 {most} 条,「{clause}」起是多出来的。请删掉几条。"
    ),
    "rating.frame_own_points": _(
        "本村自加的「{name}」({clause})一次 {found} 分,镇里让自加的每条最多 {most} 分。请改小。"
    ),
    "rating.frame_own_plain": _(
        "本村自加的「{name}」({clause})只能写一次几分,不能写 per、prices、per_member、direct:那样一次能得多少就没有限了。请删掉。"
    ),
    # Simulation
    "rating.simulate_out_of_range": _("{what}写的是 {found},模拟只能算 1 到 {most}。请改成这中间的整数。"),
    "rating.model_shares": _("「{clause}」各类的 share 加起来是 {found},应当正好是 1。请改到合起来是全部农户。"),
    "rating.model_more_than_all": _(
        "「{clause}」的 good 和 fair 加起来是 {found},不能超过 1(余下的就是差的机会)。请改小。"
    ),
    "rating.model_deed_unknown": _("「{clause}」:办法里没有代号是「{found}」的事项。请改成办法里的代号,或删掉这一条。"),
    # Adoption
    "rating.level_not_in_scope": _("这个办法不能由{level}通过({place})。请看办法写明由哪一级通过。"),
    "rating.not_carried": _(
        "「{clause}」({what})可以核对、试算,每月的轮次和超市现在还不会照着办,所以不能起用。请删掉这一条,或改成别的写法。"
    ),
    "rating.second_is_first": _("提出和确认不能是同一个人({name})。请另一位有权确认的人来确认。"),
    "rating.second_may_not": _("{name}不能确认这里的办法。请镇里、县里或监督员来确认。"),
    "rating.second_same_level": _("{name}和提出的人是同一级。确认要由另一级的人来做:镇里、县里或监督员。"),
    "rating.assembly_to_come": _("村民会议的日期 {assembly} 还没到。会开过、通过了再来登记。"),
    "rating.attendance_unsound": _(
        "到会 {attendance} 户,应到 {households} 户,对不上。到会至少 1 户,最多等于应到。请核对会议记录。"
    ),
    "rating.no_filing": _("没有写决议的文号。没有决议,办法不能生效。请写上会议记录或决议的编号、存放处。"),
    "rating.start_not_first": _("生效日期 {starts} 不是月初。办法按月算,请写某个月的 1 日。"),
    "rating.start_backwards": _("生效日期 {starts} 在本月以前。办法不能倒回去管过去的轮次,请写本月或以后的 1 日。"),
    "rating.start_before_assembly": _(
        "生效日期 {starts} 在会议({assembly})以前。会上通过以后才能生效,请写会议以后某月的 1 日。"
    ),
    "rating.start_too_far": _("生效日期 {starts} 在一年以后,多半是写错了。请写一年以内某个月的 1 日。"),
    "rating.start_taken": _("{place}从 {starts} 起已经定了一个办法。一个月只能有一个办法起用,请写另一个月。"),
    "rating.version_gone": _("这一版办法刚才变了,没有登记。请刷新页面,看看现在是哪一版。"),
    "rating.over_budget": _(
        "按 {homes} 户试算一年,多的时候要 {high} 元,预算只有 {budget} 元。请把得分、封顶改低,或者把预算加到够,再交会议通过。"
    ),
    "rating.year_unpriced": _("「{ledgers}」没有写一分约值几分钱,全年花多少算不出来。请在「账」里写上,再交会议通过。"),
    "rating.draft_gone": _("这份办法刚才有别人改过,或已经交了核对,您这次的改动没有存。请看看现在的样子,再改一次。"),
    "rating.review_own": _("{name}是写这一版的人,不能自己核对。请另一级的人来核对:镇里、县里或监督员。"),
    "rating.review_same_level": _("{name}和写这一版的人是同一级。核对要由另一级的人来做:镇里、县里或监督员。"),
    "rating.review_no_words": _("没有写要改什么。请写明哪一条要改、为什么,写的人才好改。"),
    "rating.review_too_late": _("这一版已经有会议通过,不用再核对。要改,请写新的一版。"),
    "rating.review_against": _("核对的人说《{title}》还要改,现在不能通过。请改成新的一版,或请核对的人再看。"),
    "rating.version_unknown": _("没有这一版办法({version})。请从办法的列表里重新选。"),
    "rating.no_scheme": _("{place}在 {day} 还没有通过积分办法。请先把办法交村民会议通过,登记后再开轮次。"),
}
