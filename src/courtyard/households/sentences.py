"""What this room's refusals and notes say."""

from django.utils.translation import gettext_lazy as _

_CELLS = {
    "households.formula_cell": _("「{field}」这一格是公式,不是写好的内容。请把它改成直接填写的值,再导入。"),
    "households.date_cell": _("「{field}」这一格是日期格式。请把单元格设成文本,重新填写。"),
    "households.error_cell": _("「{field}」这一格是错误值(如 #N/A)。请直接填写正确的内容。"),
    "households.yesno_cell": _("「{field}」这一格是 TRUE/FALSE,不是要填的内容。请重新填写。"),
    "households.identity_cell": _("「{field}」这一格像是身份证号,没有读取。请删掉它,填写「{field}」。"),
    "households.no_name": _("没有写户主姓名。请补上。"),
    "households.name_is_number": _("户主姓名是一个数字。请填写姓名。"),
    "households.name_unprintable": _("姓名里有打印不出来的字「{characters}」。请核对身份证上的写法,或换成能打印的字。"),
    "households.name_unfit": _("姓名里有不是文字的内容「{characters}」。请只填姓名,别的写到备注里。"),
    "households.name_too_short": _("姓名只有一个字「{name}」。请填写全名。"),
    "households.name_too_long": _("姓名太长(最多 {most} 个字)。请只填户主一个人的姓名。"),
    "households.no_code": _("没有写户编号。请补上。"),
    "households.code_is_number": _(
        "户编号是数字格式({value}),开头的 0 可能已经丢了。请把这一列设成「文本」,按原来的编号重新填写。"
    ),
    "households.code_scientific": _("户编号成了科学计数法({value}),原来的数字已经丢了。请设成「文本」后重新填写。"),
    "households.code_unfit": _("户编号只能用数字、英文字母和短横。请改正。"),
    "households.code_too_long": _("户编号太长(最多 {most} 个字符)。请核对。"),
    "households.code_lost_zero": _(
        "户编号 {value} 比别的少一位(别的是 {places} 位、以 0 开头),开头的 0 可能丢了。请补上。"
    ),
    "households.code_twice": _("户编号 {code} 和「{sheet}」第 {row} 行重复。前一户已经读入,请核对这一户的编号。"),
    "households.no_people": _("没有写家庭人口。请补上。"),
    "households.people_not_number": _("家庭人口不是数字。请填写几个人,例如 4。"),
    "households.people_not_positive": _("家庭人口要大于 0。没有人住的户请填户籍人口,并在备注写「空置」。"),
    "households.people_not_whole": _("家庭人口要是整数。请改正。"),
    "households.people_too_many": _("家庭人口超过 {most} 人,可能填错了格。请核对。"),
    "households.phone_unfit": _("联系电话不对:手机要 11 位,座机要带区号。请改正,没有电话就空着。"),
    "households.phone_scientific": _("联系电话成了科学计数法,后面的数字已经丢了。请设成「文本」后重新填写。"),
    "households.phone_two": _("这一格有两个电话。请只留一个。"),
    "households.no_group": _("没有写是哪个村民小组。请补上。"),
    "households.group_unfit": _("看不出「{text}」是哪个组。请写成「3组」这样。"),
    "households.other_village": _("这一行写的是「{named}」,不是「{village}」,没有读入。请放到那个村的表里。"),
    "households.words_unprintable": _("「{field}」里有打印不出来的字「{characters}」。请换一种写法。"),
    "households.no_column": _("「{sheet}」的表头里没有「{columns}」,这张表没有读入。请补上这一列。"),
}
_FILES = {
    "households.file_missing": _("没有找到文件「{file}」。请核对文件名和位置。"),
    "households.file_empty": _("这个文件是空的,里面没有内容。请换一个文件。"),
    "households.file_encrypted": _("这个文件有密码,打不开。请在 WPS 或 Excel 里去掉密码,另存后再导入。"),
    "households.file_bomb": _("这个文件展开后大得不正常,没有打开。请用 WPS 或 Excel 重新另存一份再导入。"),
    "households.file_broken": _("这个文件已经损坏,打不开。请重新下载或另存一份再导入。"),
    "households.file_no_table": _("这个文件不是表格(可能是图片、文档或别的文件改了名)。请导入 .xlsx、.xls 或 .csv。"),
    "households.file_other_format": _("这种表格格式读不了。请在 WPS 或 Excel 里另存为 .xlsx 再导入。"),
    "households.file_web_page": _("这个文件其实是网页,不是真正的表格。请打开它,另存为 .xlsx 再导入。"),
    "households.file_encoding": _("这个文本文件的编码认不出来,文字会变成乱码。请另存为 .xlsx,或存成 UTF-8 的 .csv。"),
    "households.file_quotes": _(
        "第 {row} 行有一个引号没有配对,下面的行都连进了同一格,整个文件没有读。请删掉多余的引号,或另存为 .xlsx 再导入。"
    ),
    "households.file_no_heading": _("没有找到表头。表里要有一行写着:组别、户编号、户主姓名、家庭人口、联系电话。"),
    "households.file_no_households": _("表头下面没有一户人家。请核对是不是选对了文件。"),
    "households.file_too_many_rows": _("一张表超过 {most} 行,没有导入。请按村分开。"),
    "households.file_too_big": _("这个文件太大,打开它要的内存太多,没有导入。请删掉多余的内容和空白行,按村分开。"),
    "households.file_far_cell": _(
        "工作表「{sheet}」里离表格很远的 {cell} 还有内容,整张表因此大到读不了,没有导入。请把那里的内容删掉,存好再导入。"
    ),
    "households.file_too_long": _("这个文件打开得太久,已经停下,没有导入。请按村分开,另存后再导入。"),
}
_IMPORTS = {
    "households.hidden_sheet": _("隐藏的工作表「{sheet}」没有读。"),
    "households.no_heading": _("工作表「{sheet}」里没有表头,没有读。"),
    "households.identities_dropped": _("「{sheet}」里的身份证号一列没有读取,也没有保存。"),
    "households.hidden_rows": _("「{sheet}」里有 {rows} 个隐藏的行,也读入了。"),
    "households.groups_left_out": _("这份表里没有{village}的{groups},这些组的户没有比对。"),
    "households.ended_left": _("有 {homes} 户早已销户,表里还有;没有恢复。"),
    "households.sheet_is_no_village": _("工作表「{sheet}」的名字不是村名。请把工作表改成村名,或者指定导入到哪个村。"),
    "households.which_town": _("不知道「{sheet}」属于哪个镇。请指定导入到哪个村,或由这个镇的干部导入。"),
    "households.dry_which_village": _(
        "「{sheet}」这张表核对过了;要真的导入,还得说清是哪个村的:表名不是村名。请指定导入到哪个村(命令里加 --village 镇/村),或者把工作表改成村名。"
    ),
    "households.dry_which_town": _(
        "要真的导入,还得说清{villages}属于哪个镇:这里没有叫这个名字的村。请指定导入到哪个村(命令里加 --village 镇/村),或由管这个镇的人导入。"
    ),
    "households.dry_new_villages": _("{villages}这里还没有,真的导入时会新建。名字不对的请先改工作表的名字。"),
    "households.not_a_village": _("「{name}」不是村。花名册要导入到一个村。"),
    "households.import_conflict": _(
        "同一时间有别人也在导入这些户,这一步没有写入。请过一会儿再导入一次,已导入的不会重复。"
    ),
    "households.upload_gone": _("上传的文件只留一天,现在已经没有了。请重新上传。"),
    "households.undone_already": _("这次导入已经撤回过了。"),
    "households.undo_too_late": _("导入已超过一天,不能整批撤回。请逐户修改。"),
    "households.changed_since": _("导入以后有 {homes} 户又改过,没有撤回。请逐户修改。"),
    "households.import_over": _("这次导入已经结束了,没有什么可取消的。要退回去,请在「导入名册」里撤回。"),
    "households.used_since": _("导入的户已经发了卡或有了记录,没有撤回。请逐户修改。"),
}
_REGISTER = {
    "households.line_of_duty": _(
        "{line} 是本村有职责的人家里的电话,不能当监督电话。请填镇里、县里或不归本村管的电话。"
    ),
    "households.not_a_group": _("「{name}」不是村民小组。农户要放在一个组里。"),
    "households.code_taken": _("本村已经有这个户编号,没有重复建立。请核对编号。"),
    "households.other_village_group": _("「{name}」不是本村的组。换村要由镇里办理,不能直接改。"),
    "households.changed_meanwhile": _("这一户刚刚被别人改过,您的修改没有保存。请看一眼新的内容再改。"),
    "households.short_numbers_used_up": _("本镇的短号已经用完。请联系管理员。"),
    "households.question_answered": _("这个问题已经有人回答了。请刷新页面。"),
    "households.unfit_answer": _("这个问题只能回答:{answers}。"),
    "households.care_known": _("这一户已经在照顾名单里,或者已经核实过。请在名单里修改。"),
    "households.care_decided": _("这一条已经是这个结果。请刷新页面。"),
    "households.kin_known": _("这层关系已经登记过。"),
    "households.kin_unknown": _("没有找到这条登记,可能已经被取消。请刷新页面。"),
    "households.number_unknown": _(
        "没有找到这个号的户,或不止一户,没有登记。请照卡上或评分表上的短号、户编号再输一遍。"
    ),
    "households.own_kin": _("自己登记的亲属关系不能由本人取消。请由村里另一位干部办理。"),
    "households.cards_by_village": _("「{name}」不是村或组。卡片要一个村一个村地制发。"),
    "households.no_card": _("这一户没有有效的卡。请先制卡。"),
    "households.ended": _("这一户已经销户,不能再发卡。"),
    "households.not_taking_part": _("这一户没有参加,不发卡。愿意参加时先登记参加。"),
    "households.participation_stands": _("这一户已经是这个状态。请刷新页面。"),
    "households.pin_shape": _("密码要 6 位数字。请重新输入。"),
    "households.pin_too_plain": _("这个密码太简单(连号、同一个数字或短号)。请换一个。"),
    "households.pin_refused": _("号码或密码不对,或者今天试的次数太多。请核对后再试,忘了密码请到村里重设。"),
}
_HAND_OVER = {
    "households.hand_over_unsaid": _("写了选择,没有写领没领卡,这一行没有录。请按签收表补上「领了」或「不参加」。"),
    "households.declined_with_choices": _("写了不参加,又写了别的选择,这一行没有录。不参加的户只录「不参加」。"),
    "households.handed_over_already": _("这一户的卡 {day} 已经交过了,这一行没有录。要改选择,请到这一户的页上改。"),
    "households.hand_over_before_issue": _("这张卡 {issued} 才制发,不会更早交到手,这一行没有录。请核对日期。"),
    "households.hand_over_in_future": _("交卡的日期 {day} 还没有到,没有录。请按签收表上的日期填。"),
    "households.hand_over_empty": _("一行也没有录。请照签收表录,没领的户空着。"),
    "households.hand_over_too_long": _("一次最多录 {most} 户,没有录。请按签收表一页一页录。"),
    "households.not_of_this_group": _("这一户现在不在这个组,这一行没有录。请到它所在的组录。"),
    "households.pin_stands": _("这一户设过密码,没有改。重设密码要农户在场、两个人办,请用「重设密码」。"),
    "households.no_pin_yet": _("这一户还没有设过密码,用不着重设。请在「交卡并设密码」里设。"),
    "households.household_not_there": _("重设密码要农户本人在场,没有办。请本人来了再办,别人不能代设。"),
    "households.reset_waits": _("这一户已经有一次重设密码在等第二个人办,没有再记一次。请等他办完。"),
    "households.reset_decided": _("这次重设密码已经有人办过了。请刷新页面。"),
}
_SECONDS = {
    "households.second_same_person": _(
        "这件事是您自己经手的,要换一个人来核对,没有办。请村里另一位、镇里或监督员来办。"
    ),
    "households.second_same_duty": _(
        "第二个人要是别的职责或别的一级,没有办。请镇里或监督员来办;村里经手的,不能由同村同职的人来确认。"
    ),
    "households.countersign_decided": _("这一条已经是这个结果。请刷新页面。"),
    "households.not_countersigned": _(
        "这一户录进名册以后还没有第二个人核对,积分先不能用,也不会少。请村里找第二个人在「待第二人核对」里核对。"
    ),
    "households.resting_after_reset": _("这一户刚重设过密码,到 {until} 以前积分先不能用,也不会少。到时再来。"),
}
_COVENANT = {
    "households.covenant_by_village": _("「{name}」不是村或镇。村规民约按村(或镇)放。"),
    "households.covenant_empty": _("「{field}」没有填,没有放进去。请照村民会议通过的填上。"),
    "households.covenant_unprintable": _("「{field}」里有打印不出来的字「{characters}」。请换一种写法。"),
    "households.covenant_not_passed": _("通过的日期 {day} 还没有到,没有放进去。通过以后再放。"),
    "households.covenant_attendance": _(
        "到会 {attendance} 户,应到 {households} 户,对不上,没有放进去。到会至少 1 户,最多等于应到。请核对会议记录。"
    ),
    "households.covenant_same": _("内容和第 {version} 版一样,没有再放一版。"),
    "households.covenant_meanwhile": _("同一时刻有别人也放了新的一版,您的没有放进去。请看一眼再放。"),
    "households.other_covenant": _("这不是本村(镇)的村规民约,没有记。请刷新页面。"),
}
_CODES = {
    "households.photo_too_big": _("照片太大(最多 {most} MB),没有读。请退后一点重拍,或输卡上的短号。"),
    "households.photo_unreadable": _("这张照片打不开,没有读。请重拍一张,或输卡上的短号。"),
    "households.scan_too_big": _("这个文件超过 {most} MB。请把照片拍小一些,或者分几个文件。"),
    "households.scan_too_many": _("一次最多选 {most} 个文件。请分几次来。"),
    "households.scan_unreadable": _("这个文件打不开,只认 JPEG、PNG、WebP 照片和 PDF 扫描件。请重新拍,或者直接输编号。"),
    "households.scan_without_code": _("照片里没有认出条子的编号。请把回执摊平、拍清楚方码再试,或者直接输编号。"),
    "households.photo_without_code": _("照片里没有找到方码。请把卡放平、对准、光线亮些再拍,或输卡上的短号。"),
    "households.photo_several_codes": _("照片里有不止一张卡的方码,不知道是哪一张。请只拍一张卡。"),
    "households.qr_not_ours": _("这个方码不是积分卡上的,没有打开。请拍积分卡上的方码,或输卡上的短号。"),
    "households.card_dead": _("这张卡已经停用(可能挂失换过新卡)。请用新卡,或输短号和密码。"),
    "households.short_unknown": _("没有这个短号,或不归这家超市。请对着卡再输一遍:6 位数字。"),
}

SENTENCES = {**_CELLS, **_FILES, **_IMPORTS, **_REGISTER, **_HAND_OVER, **_SECONDS, **_COVENANT, **_CODES}
