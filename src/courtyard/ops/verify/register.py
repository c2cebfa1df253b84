"""The rest of the town: stock and redemptions, lists, cards, visits, schemes, places."""

from __future__ import annotations

import hashlib

from courtyard.kernel.ids import visit_hex
from courtyard.ops.verify.findings import Looking, from_sql, several, shown
from courtyard.ops.verify.listing_days import listing_days
from courtyard.ops.verify.source import Source

stock = from_sql(
    """
    SELECT i.id, s.pieces, COALESCE(m.total, 0) FROM shop_item i LEFT JOIN shop_stock s ON s.item_id = i.id
    LEFT JOIN (SELECT item_id, SUM(pieces) AS total FROM shop_stockmove GROUP BY item_id) m ON m.item_id = i.id
    WHERE COALESCE(s.pieces, 0) <> COALESCE(m.total, 0) ORDER BY i.id
    """,
    "货品 {0} 的库存数是 {1},进出加起来是 {2}",
    "库存数都与进出相符",
)

_posted = from_sql(
    """
    SELECT r.id, r.points, l.total, p.total FROM shop_redemption r
    LEFT JOIN (SELECT redemption_id, SUM(pieces * points_each) AS total FROM shop_redemptionline
               GROUP BY redemption_id) l ON l.redemption_id = r.id
    LEFT JOIN (SELECT q.subject, SUM(q.points) AS total, MIN(CAST(d.owner AS text)) AS owner, count(*) AS n
               FROM points_posting q JOIN points_account d ON d.id = q.debit_id
               WHERE q.cause = 'redemption' GROUP BY q.subject) p ON p.subject = r.id
    WHERE l.total IS NULL OR r.points <> l.total OR r.points <> COALESCE(p.total, 0) OR (r.points > 0 AND p.n <> 1)
       OR p.owner <> CAST(r.household_id AS text) ORDER BY r.id
    """,
    "兑换 {0} 收 {1} 分,各行加起来 {2} 分,记账 {3} 分",
    "",
)
_handed_out = from_sql(
    """
    SELECT l.redemption_id, l.item_id, l.pieces, m.total FROM shop_redemptionline l
    LEFT JOIN (SELECT subject, item_id, SUM(pieces) AS total FROM shop_stockmove WHERE kind = 'sold'
               GROUP BY subject, item_id) m ON m.subject = l.redemption_id AND m.item_id = l.item_id
    WHERE COALESCE(m.total, 0) <> -l.pieces ORDER BY l.id
    """,
    "兑换 {0} 拿走货品 {1} {2} 件,库存记的是 {3}",
    "",
)
_booked_for_nothing = from_sql(
    """
    SELECT p.id, p.subject FROM points_posting p LEFT JOIN shop_redemption r ON r.id = p.subject
    WHERE p.cause = 'redemption' AND r.id IS NULL ORDER BY p.id
    """,
    "第 {0} 笔兑换记账没有对应的兑换({1})",
    "兑换、货品、记账相符",
)
_cash_of_goods = from_sql(
    """
    SELECT c.redemption_id, c.item_id, c.pieces, l.pieces FROM shop_cashline c
    LEFT JOIN shop_redemptionline l ON l.redemption_id = c.redemption_id AND l.item_id = c.item_id
    WHERE l.pieces IS NULL OR l.pieces <> c.pieces ORDER BY c.id
    """,
    "兑换 {0} 为货品 {1} 收了 {2} 件的现金,拿走的是 {3} 件",
    "",
)
_as_priced = from_sql(
    """
    SELECT l.redemption_id, l.item_id, l.points_each, COALESCE(c.cash_each_fen, 0) FROM shop_redemptionline l
    JOIN shop_redemption r ON r.id = l.redemption_id
    LEFT JOIN shop_cashline c ON c.redemption_id = l.redemption_id AND c.item_id = l.item_id
    WHERE NOT EXISTS (SELECT 1 FROM shop_price p LEFT JOIN shop_pricecash k ON k.price_id = p.id
      WHERE p.item_id = l.item_id AND p.since <= r.day AND p.points = l.points_each
        AND COALESCE(k.cash_fen, 0) = COALESCE(c.cash_each_fen, 0)) ORDER BY l.id
    """,
    "兑换 {0} 的货品 {1} 一件收了 {2} 分和 {3} 分钱,价目上没有这个价",
    "",
)
redemptions = several(_posted, _handed_out, _cash_of_goods, _as_priced, _booked_for_nothing)

_last_step = from_sql(
    """
    SELECT l.id, l.state, s.target FROM honours_listing l LEFT JOIN honours_step s ON s.listing_id = l.id
      AND s.n = (SELECT MAX(n) FROM honours_step t WHERE t.listing_id = l.id)
    WHERE s.id IS NULL OR s.target <> l.state ORDER BY l.id
    """,
    "榜上条目 {0} 的状态是 {1},最后一步走到 {2}",
    "",
)
_steps_in_turn = from_sql(
    """
    SELECT s.listing_id, s.n FROM honours_step s
    LEFT JOIN honours_step b ON b.listing_id = s.listing_id AND b.n = s.n - 1
    WHERE (b.id IS NULL AND s.n <> (SELECT MIN(n) FROM honours_step t WHERE t.listing_id = s.listing_id))
       OR (b.id IS NOT NULL AND b.target <> s.source) OR s.n < 0 OR (b.id IS NULL AND s.n > 1) ORDER BY s.id
    """,
    "榜上条目 {0} 的第 {1} 步没有接在上一步后面",
    "",
)
_published_was_notified = from_sql(
    """
    SELECT l.id FROM honours_listing l JOIN honours_step p ON p.listing_id = l.id AND p.target = 'published'
    WHERE l.kind = 'black' AND NOT EXISTS (SELECT 1 FROM honours_step n WHERE n.listing_id = l.id
      AND n.target = 'notified' AND n.n < p.n) ORDER BY l.id
    """,
    "黑榜条目 {0} 没有告知就公示了",
    "",
)
listings = several(_last_step, _steps_in_turn, _published_was_notified, listing_days)

cards = from_sql(
    """
    SELECT household_id, count(*) FROM households_card WHERE state = 'live' GROUP BY household_id HAVING count(*) > 1
    """,
    "农户 {0} 有 {1} 张有效的卡",
    "一户最多一张有效的卡",
)

places = from_sql(
    """
    SELECT p.id, p.path FROM places_place p LEFT JOIN places_place u ON u.id = p.parent_id
    WHERE (p.parent_id IS NULL AND p.path <> '')
       OR (p.parent_id IS NOT NULL AND p.path <> CASE WHEN u.path = '' THEN p.code ELSE u.path || '/' || p.code END)
    ORDER BY p.path
    """,
    "地方 {0} 的路径 {1} 与上级不符",
    "路径都与上级相符",
)


def visits(source: Source) -> Looking:
    """A visit's id is that of its round and household (D3)."""
    count = 0
    for raw, of_round, household in source.rows("SELECT id, round_id, household_id FROM inspections_visit"):
        count += 1
        if visit_hex(shown(of_round), shown(household)) != shown(raw):
            yield f"入户检查 {shown(raw)} 的编号与轮次、农户不符"
    return f"{count} 次入户检查"


def schemes(source: Source) -> Looking:
    """A scheme version's text is the one its SHA-256 was taken of (D14)."""
    count = 0
    for raw, title, text, seal in source.rows("SELECT id, title, text, sha256 FROM rating_schemeversion"):
        count += 1
        if hashlib.sha256(text.encode()).hexdigest() != seal:
            yield f"办法「{title}」({shown(raw)})的内容与它的指纹不符"
    return f"{count} 版办法"
