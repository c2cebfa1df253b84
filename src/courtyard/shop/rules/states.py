"""The words of the shop."""

from courtyard.kernel.choices import Choice


class MoveKind(Choice):
    IN = "in", "进货"
    SOLD = "sold", "兑出"
    LOSS = "loss", "损耗"
    COUNT = "count", "盘点差"
    BACK = "back", "退回"
