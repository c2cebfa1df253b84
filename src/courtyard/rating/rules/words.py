"""The words the linter looks for: subjects no scheme may touch, money that may not be asked for, words on a person.

Explained in docs/how-to/change-the-rubric.md. What is added under MORE holds for documents of engine 2 on; the lists that
engine 1 was read by stay as they are.
"""

from __future__ import annotations

import re

# Subject (as a sentence names it) → words. They are looked for where a clause gives points, a place on a list or a finding.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "上访、投诉和提意见": (
        "上访",
        "信访",
        "缠访",
        "闹访",
        "集访",
        "越级反映",
        "投诉",
        "举报",
        "告状",
        "提意见",
        "反映问题",
        "上訪",
        "信訪",
        "投訴",
        "舉報",
    ),
    "言论": ("言论", "发言", "发帖", "转发", "造谣", "谣言", "朋友圈", "網上發言", "言論"),
    "信仰": ("宗教", "信教", "教堂", "教会", "礼拜", "信佛", "烧香", "拜佛", "寺庙", "信仰", "迷信", "教會", "燒香"),
    "生育": ("生育", "超生", "计生", "计划生育", "二胎", "三胎", "二孩", "三孩", "怀孕", "生孩子", "計生"),
    "生病和残疾": ("患病", "生病", "得病", "病人", "精神病", "传染病人", "艾滋", "残疾人", "残疾户", "殘疾"),
    "欠款和借贷": ("欠款", "欠债", "欠账", "欠费", "债务", "贷款", "还贷", "失信", "老赖", "黑户", "欠債", "貸款"),
    "婚姻": ("结婚", "离婚", "婚姻", "彩礼", "早婚", "未婚", "再婚", "彩禮", "離婚"),
    "党员身份": ("党员", "党籍", "党费", "入党", "黨員", "入黨"),
    "罚钱": ("罚款", "罚金", "罚钱", "交罚", "加倍罚", "双倍罚", "违约金", "押金不退", "扣押金", "罰款", "罰金"),
    "低保和各种补助": (
        "扣低保",
        "停低保",
        "取消低保",
        "扣补贴",
        "停补贴",
        "扣补助",
        "扣养老金",
        "停医保",
        "扣救济",
        "取消救助",
        "扣分红",
        "低保",
        "养老金",
        "医保",
        "补贴",
        "補貼",
    ),
}
CHARACTER = (
    "懒",
    "懶",
    "落后",
    "落後",
    "刁民",
    "素质低",
    "素质差",
    "素質",
    "无赖",
    "泼妇",
    "脏户",
    "邋遢户",
    "曝光",
    "扣分",
)

PETITIONS, SPEECH, FAITH, BIRTHS, ILLNESS, DEBT, MARRIAGE, PARTY, FINES, WELFARE = SUBJECTS

MORE: dict[str, tuple[str, ...]] = {
    PETITIONS: (
        "上告",
        "进京",
        "赴京",
        "赴省",
        "越级",
        "走访上级",
        "集体访",
        "重复访",
        "维权",
        "诉求",
        "12345",
        "热线反映",
    ),
    SPEECH: (
        "妄议",
        "传谣",
        "散布不",
        "负面信息",
        "负面舆情",
        "抹黑村",
        "抹黑干部",
        "顶撞",
        "网上发",
        "发抖音",
        "发表不当",
        "不当言",
        "辱骂干部",
    ),
    FAITH: ("教徒", "基督", "天主教", "传教", "做礼拜", "拜神", "算命", "敬香", "邪教"),
    BIRTHS: ("堕胎", "生男孩", "生女孩", "生儿子", "头胎", "独生子女", "双女户", "多胎", "节育", "结扎", "孕检"),
    ILLNESS: ("患有", "患者", "癌", "肺结核", "精神障碍", "智障", "聋哑", "慢性病", "残疾"),
    DEBT: ("借贷", "高利贷", "拖欠", "赖账", "欠缴", "欠交", "欠税", "信用卡", "还款", "负债"),
    MARRIAGE: ("嫁娶", "改嫁", "光棍", "单身", "婚礼", "订婚", "婚外"),
    PARTY: ("中共", "党组织", "党龄", "预备党", "党外", "非党"),
    FINES: (
        "罚没",
        "没收财物",
        "没收东西",
        "滞纳金",
        "保证金",
        "扣钱",
        "扣现金",
        "扣工资",
        "扣奖金",
        "交钱免",
        "罚缴",
        "处罚金",
        "赔钱",
    ),
    WELFARE: ("五保", "特困供养", "取消待遇", "停发待遇", "扣发待遇"),
}
CHARACTER_MORE = (
    "没素质",
    "素质不高",
    "二流子",
    "酒鬼",
    "赌鬼",
    "钉子户",
    "老顽固",
    "愚昧",
    "难缠",
    "后进户",
    "不文明户",
    "屡教不改",
)

# Money asked of a household, and money kept back from it; the text has no blanks and marks any more.
MONEY = r"(?:\d+|[一二两三四五六七八九十百千万]+)(?:元|块|角|毛)"
FINE = re.compile(
    rf"罚(?:{MONEY}|\d+(?![\d分])|站|扣)|(?<![折纽])扣(?:除|掉|发|减|缴)?[^分]{{0,6}}?{MONEY}|(?:加倍|双倍|翻倍|翻番)(?:罚|收费|交费|缴费|扣钱|交钱)"
)
ASKED = re.compile(rf"(?:交|缴|付|赔|收|出)[^,。]{{0,6}}?{MONEY}")  # only where the clause takes points off
KEPT_BACK = re.compile(
    r"(?:(?<![折纽])扣|停(?![车放在靠])|取消|减发|少发|暂缓|不予|不得享受|不再享受|不享受|收回|追回|冻结)[^分]{0,6}?"
    r"(?:低保|养老|医保|补贴|补助|救助|救济|分红|福利|粮补|退休金|慰问金|优抚|五保|特困|待遇)"
)
# What looks like such a word and is none.
INNOCENT = re.compile(
    r"[这每上下本]个?礼拜|礼拜[一二三四五六天日]|教会(?:了|老|邻|家|孩|大家|别人|村|群众|其他|使用|用|他|她|学|妇|父|母|爷|奶)|不罚款|不收罚款"
)
# Who helps somebody is praised for helping: then the words say whom, not what he has.
HELPED = (ILLNESS, WELFARE)
HELP = re.compile(r"帮|照顾|照料|看望|慰问|陪|扶|护理|代办|代缴|代交|关爱|志愿|送|打扫|清扫|收拾|理发|挑水|做饭")
GIVEN = ("补贴", "補貼")  # a prize may be called so
BOUGHT_OFF = re.compile(
    r"消分|销分|抵分|买分|购分|补分|赎|买断|免上榜|免上黑榜|不上黑榜|撤黑榜|撤销黑榜|消黑榜|下榜|摘下黑|恢复积分|免评|免检|免查|免罚"
)
TAKEN_BY_MONEY = ("元", "块", "钱", "角", "毛", "人民币")
# Traditional letters of the words above; a text is read in simplified ones.
SIMPLIFIED = str.maketrans(
    "訪訴舉報告狀題網發轉謠論禮燒廟計產懷殘廢傳疾債務貸還賬賴結離婚彩黨員費籍罰違約補貼養醫濟領取懶後質無賴髒戶賠繳錢",
    "访诉举报告状题网发转谣论礼烧庙计产怀残废传疾债务贷还账赖结离婚彩党员费籍罚违约补贴养医济领取懒后质无赖脏户赔缴钱",
)
