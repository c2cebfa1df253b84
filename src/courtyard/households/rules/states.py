"""The words of the register."""

from courtyard.kernel.choices import Choice


class Living(Choice):
    LIVED_IN = "lived_in", "有人住"
    EMPTY = "empty", "空置"
    AWAY = "away", "常年在外"


class Participation(Choice):
    TAKING_PART = "taking_part", "参加"
    NOT_TAKING_PART = "not_taking_part", "不参加"


class CardState(Choice):
    LIVE = "live", "有效"
    LOST = "lost", "已挂失"


class CareKind(Choice):
    ELDER_ALONE = "elder_alone", "独居老人"
    DISABLED = "disabled", "残疾"
    ILL = "ill", "重病"
    CHILD_ALONE = "child_alone", "留守儿童"


class CareState(Choice):
    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    DECLINED = "declined", "不列入"


class QuestionKind(Choice):
    VANISHED = "vanished", "名册里不见了"
    MAYBE_MOVED = "maybe_moved", "别村有同编号同姓名"
    LIVING = "living", "名册说没人住"


class QuestionState(Choice):
    OPEN = "open", "待回答"
    ANSWERED = "answered", "已回答"


class ImportState(Choice):
    RUNNING = "running", "导入中"
    DONE = "done", "已完成"
    STOPPED = "stopped", "中断了"
    UNDONE = "undone", "已撤回"
    CANCELLED = "cancelled", "已取消"


class KinKind(Choice):
    OWN_HOME = "own_home", "自己家"
    KIN = "kin", "亲属"


class RedNameConsent(Choice):
    NO = "no", "不上名字"
    BOARD = "board", "上公示栏"
    WIDE = "wide", "公示栏、微信群和广播"


class MessageConsent(Choice):
    NO = "no", "不要消息"
    YES = "yes", "要消息"


class CountersignKind(Choice):
    ROSTER = "roster", "名册导入"
    BY_HAND = "by_hand", "手工加户"


class CountersignState(Choice):
    WAITING = "waiting", "等第二人核对"
    CONFIRMED = "confirmed", "第二人已核对"
    REFUSED = "refused", "第二人说不对"
    WITHDRAWN = "withdrawn", "不用核对了"


class PinResetState(Choice):
    ASKED = "asked", "等第二人办"
    DONE = "done", "已重设"
    REFUSED = "refused", "没有重设"
