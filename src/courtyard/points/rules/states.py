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


class HoldState(Choice):
    HELD = "held", "已预留"
    SETTLED = "settled", "已用掉"
    RELEASED = "released", "已放回"
