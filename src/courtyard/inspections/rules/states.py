"""The words of a round."""

from courtyard.kernel.choices import Choice


class RoundKind(Choice):
    FULL = "full", "全面评比"
    LIGHT = "light", "轻量评比"
    RECHECK = "recheck", "复查"
    SPOT = "spot", "抽查"
    RECTIFY = "rectify", "整改复查"


class RoundState(Choice):
    OPEN = "open", "进行中"
    CLOSED = "closed", "已关账"
    DROPPED = "dropped", "已作罢"


class Presence(Choice):
    SEEN = "seen", "看过"
    NOT_AT_HOME = "not_at_home", "不在家"
    KIN = "kin", "亲属回避"


class ReviewReason(Choice):
    DIFFERS = "differs", "同一人两次不一样"
    LATE = "late", "关账后才到"


class ReviewState(Choice):
    OPEN = "open", "待决定"
    KEPT = "kept", "采用"
    SET_ASIDE = "set_aside", "不采用"
