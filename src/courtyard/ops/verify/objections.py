"""Objections to grades against their steps; names on black lists against their documents; corrections against the errors."""

from __future__ import annotations

from courtyard.ops.verify.findings import from_sql, several

_as_its_steps = from_sql(
    """
    SELECT o.id, o.state, s.verb FROM honours_gradeobjection o
    LEFT JOIN honours_gradestep s ON s.objection_id = o.id
      AND s.n = (SELECT MAX(t.n) FROM honours_gradestep t WHERE t.objection_id = o.id)
    WHERE s.id IS NULL OR o.state <> CASE s.verb WHEN 'raise' THEN 'open' WHEN 'uphold' THEN 'upheld'
      WHEN 'dismiss' THEN 'dismissed' ELSE 'carried' END ORDER BY o.id
    """,
    "对评比的意见 {0} 写的是 {1},最后一步是 {2}",
    "",
)
_named_by_documents = from_sql(
    """
    SELECT l.id FROM honours_listing l LEFT JOIN honours_namedocuments d ON d.id = l.named_under_id
    WHERE l.kind = 'black' AND l.named_under_id IS NOT NULL
      AND (d.village_id <> l.village_id OR l.published_on IS NULL OR d.expires_on < l.published_on
           OR NOT EXISTS (SELECT 1 FROM honours_boardtoken t
                          WHERE t.group_id = l.group_id AND t.documents_id = d.id)) ORDER BY l.id
    """,
    "榜上条目 {0} 写了名字,和三份材料对不上",
    "",
)
_corrected = from_sql(
    """
    SELECT c.id, c.listing_id FROM honours_correction c JOIN honours_listing l ON l.id = c.listing_id
    WHERE l.state <> 'overturned' OR l.published_on IS NULL OR l.ended_on IS NULL OR c.since <> l.ended_on
    UNION ALL
    SELECT l.id, l.id FROM honours_listing l LEFT JOIN honours_correction c ON c.listing_id = l.id
    WHERE l.kind = 'black' AND l.state = 'overturned' AND l.published_on IS NOT NULL AND c.id IS NULL
    """,
    "更正 {0} 和榜上条目 {1} 对不上:公示过又不成立的,要有更正",
    "意见、写名字的、更正都和记录相符",
)
objections = several(_as_its_steps, _named_by_documents, _corrected)
