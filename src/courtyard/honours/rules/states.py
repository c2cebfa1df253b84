"""The words of the lists."""

from courtyard.kernel.choices import Choice


class ListingKind(Choice):
    RED = "red", "红榜"
    BLACK = "black", "黑榜"


class ListingState(Choice):
    CANDIDATE = "candidate", "候选"
    CONFIRMED = "confirmed", "复看属实"
    NOTIFIED = "notified", "已告知"
    OBJECTED = "objected", "异议中"
    PUBLISHED = "published", "公示中"
    DROPPED = "dropped", "不列入"
    OVERTURNED = "overturned", "异议成立"
    MENDED = "mended", "已整改未公示"
    DELISTED = "delisted", "已下榜"
    EXPIRED = "expired", "已到期"


class NoticeEvidence(Choice):
    READ_ON_PHONE = "read_on_phone", "手机上看过"
    COUNTERFOIL = "counterfoil", "签收回执"
    TWO_VISITS = "two_visits", "两人两次上门留单并打电话"


class ObjectionState(Choice):
    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"


class GradeObjectionState(Choice):
    """Of an objection to a visit that has no open entry; `carried`: its home became a candidate, it froze the entry."""

    OPEN = "open", "待答复"
    UPHELD = "upheld", "成立"
    DISMISSED = "dismissed", "不成立"
    CARRIED = "carried", "并入榜上异议"


class GradeVerb(Choice):
    RAISE = "raise", "对评比不同意"
    UPHOLD = "uphold", "评比异议成立"
    DISMISS = "dismiss", "评比异议不成立"
    CARRY = "carry", "并入榜上异议"


class AnswerLevel(Choice):
    """Who answers, in order: the village first, then the town."""

    VILLAGE = "village", "村里答复"
    TOWN = "town", "镇里答复"


class ObjectionChannel(Choice):
    SPOKEN = "spoken", "口头"
    PAPER = "paper", "书面"
    PHONE = "phone", "电话"
    PROXY = "proxy", "代为提出"
    PAGE = "page", "网页"


class PasteTaskState(Choice):
    OPEN = "open", "待办"
    DONE = "done", "已办"


class Reach(Choice):
    PRIVATE = "private", "只告诉本户"
    HAMLETS = "hamlets", "只写到湾"
    FINDINGS = "findings", "只写事不写人"
    NAMES = "names", "写名字"


class AssessmentQuestion(Choice):
    """What the impact assessment of names answers (个人信息保护法第五十五、五十六条, and whether it could go without)."""

    NECESSITY = "necessity", "为什么要写名字,合不合法、必不必要"
    RISKS = "risks", "写了名字对这户人有什么影响和风险"
    MEASURES = "measures", "用什么办法保护,和风险相称吗"
    WITHOUT = "without", "只写事不写人行不行,为什么不行"


class LookKind(Choice):
    SECOND = "second", "复看"
    REVISIT = "revisit", "整改复查"


class Verb(Choice):
    """What moves an entry; the step table says from where to where."""

    PROPOSE = "propose", "列为候选"
    DROP = "drop", "不列入"
    CONFIRM = "confirm", "复看属实"
    CLEAR = "clear", "复看不是差"
    NOTIFY = "notify", "告知"
    WITHDRAW = "withdraw", "没收到告知"
    OBJECT = "object", "提出异议"
    DISMISS = "dismiss", "异议不成立"
    UPHOLD = "uphold", "异议成立"
    PUBLISH = "publish", "公示"
    SAY_MENDED = "say_mended", "说改好了"
    STAY = "stay", "复查还要改"
    MEND = "mend", "整改好了"
    CORRECT = "correct", "结果更正"
    RENEW = "renew", "换新一轮"
    LAPSE = "lapse", "到期"
