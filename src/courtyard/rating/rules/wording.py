"""The words of a scheme's choices in Chinese, as a page that compares two documents or draws a form shows them."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "household": "户", "person": "人", "account": "各记各的",
    "town": "镇", "village": "村", "group": "组",
    "day": "日", "week": "周", "month": "月", "quarter": "季", "year": "年", "round": "一期", "ever": "一直", "event": "同一件事",
    "labels": "评一个字", "scores": "打分数", "findings": "看到几处减几分",
    "renormalise": "其余各项折算", "not_rated": "整户没有评", "zero": "这一项算 0 分",
    "yard": "庭院", "room": "室内", "lane": "门前", "kitchen": "灶屋", "toilet": "厕所", "poultry": "禽畜", "ditch": "沟渠",
    "bins": "垃圾桶", "house": "房屋", "wires": "电线", "garden": "菜园", "farm": "田头",
    "mean": "取平均", "trimmed_mean": "去掉最高最低再平均", "median": "取中间的一个", "consensus": "一致才算",
    "better": "取好的一个", "worse": "取低的一个",
    "half_up": "四舍五入", "half_even": "逢五取双", "down": "舍去", "up": "进一",
    "last": "末几名", "first": "前几名", "best": "取最高", "worst": "取最低", "sum": "相加",
    "least": "含下限", "most": "含上限", "both": "两头都含", "neither": "两头都不含",
    "floor": "减到零为止", "debt": "可以欠着", "record": "只记不减",
    "band": "按等次", "streak": "连续几轮", "improvement": "升了等次", "better_by": "比上次高几分", "once": "只一次",
    "score_least": "总分够几分", "score": "按总分", "area": "一项够几分", "list": "上榜", "title": "得称号", "points": "积分够几分",
    "all": "并列的都算", "none": "并列的都不算", "as_many": "有几户算几户", "nobody": "都不算",
    "anew": "从头再数", "each": "往后每轮都算", "red": "红榜", "black": "黑榜",
    "private": "只告诉本户", "hamlets": "只公布各湾几处", "names": "写户主姓名",
    "wait": "全村待发", "factor": "按同一个比例发", "standing": "按累计分",
    "grade": "压低等次", "no_awards": "没有得分", "no_lists": "不上榜", "not_ranked": "不排名",
    "replaces": "以抽查为准", "vetoes": "抽查不过就不算", "flags": "只标出来",
    "joined": "从这一户参加起", "scheme": "从办法开始起", "redeem": "兑换", "awards": "得分",
    "larger": "取多的一户", "longer": "接着长的算", "ends": "断了重来",
    "review": "另一个人看过再定", "next_round": "算到下一期", "dropped": "不算",
    "old": "按旧办法到这一期完", "new": "按新办法", "nothing": "什么也不恢复", "entry": "下榜",
    "counts": "先算上、标明有异议", "waits": "等定了再算",
}  # fmt: skip
# The same word beside another key means another thing.
BESIDE: dict[tuple[str, str], str] = {
    ("even", "mean"): "取中间两个的平均",
    ("visits", "mean"): "取平均",
    ("visits", "last"): "取最后一次",
    ("points", "sum"): "加在一起",
    ("mended", "points"): "还积分",
    ("mended", "both"): "下榜也还积分",
    ("on_both", "first"): "算在前面",
    ("on_both", "neither"): "两边都不算",
    ("reach", "findings"): "只写事、不写人",
    ("effects", "grade"): "压低等次",
}


def word(key: str, choice: str) -> str:
    """What a choice of this key is called in Chinese; the word itself where nobody named it."""
    return BESIDE.get((key, choice)) or WORDS.get(choice, choice)
