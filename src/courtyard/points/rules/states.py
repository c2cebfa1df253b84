"""The words of the ledger."""

from courtyard.kernel.choices import Choice


class AccountKind(Choice):
    FUND = "fund", "拨入"
    ISSUANCE = "issuance", "村发放预算"
    HOUSEHOLD = "household", "农户"
    SHOP = "shop", "积分超市"
    EXPIRY = "expiry", "到期"
    REVERSAL = "reversal", "冲回"


class Cause(Choice):
    BUDGET = "budget", "拨入预算"
    AWARD = "award", "得分"
    REDEMPTION = "redemption", "兑换"
    REVERSAL = "reversal", "冲回"
    ADJUSTMENT = "adjustment", "调整"
    EXPIRY = "expiry", "到期"
    RESET = "reset", "到日清零"
    DEDUCTION = "deduction", "按办法减"


class HoldState(Choice):
    HELD = "held", "已预留"
    SETTLED = "settled", "已用掉"
    RELEASED = "released", "已放回"


class AdjustmentState(Choice):
    PROPOSED = "proposed", "待复核"
    CONFIRMED = "confirmed", "已复核入账"
    DECLINED = "declined", "复核未通过"


class AdjustmentReason(Choice):
    MISTYPED = "mistyped", "录入有误"
    LEFT_OUT = "left_out", "漏记补发"
    TILL = "till", "兑换有误"
    OTHER = "other", "其他(见凭据)"
