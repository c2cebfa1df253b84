"""Slips and counterfoils: whose a counterfoil is, what proves a notice, serials as they can have been printed."""

from __future__ import annotations

from courtyard.ops.verify.findings import from_sql, several

_whose = from_sql(
    """
    SELECT c.id, s.serial FROM honours_counterfoil c JOIN honours_slip s ON s.id = c.slip_id
    LEFT JOIN honours_counterfoil f ON f.slip_id = c.slip_id AND f.n = 1
    WHERE c.household_id <> COALESCE(s.household_id, f.household_id) OR f.id IS NULL ORDER BY c.id
    """,
    "回执 {0} 说的户不是条子 {1} 的那一户",
    "",
)
_proved = from_sql(
    """
    SELECT n.id, n.serial FROM honours_notice n LEFT JOIN honours_slip s ON s.serial = n.serial AND s.kind = 'notice'
    WHERE n.evidence = 'counterfoil' AND (s.id IS NULL OR s.listing_id <> n.listing_id
       OR NOT EXISTS (SELECT 1 FROM honours_counterfoil c WHERE c.slip_id = s.id)) ORDER BY n.id
    """,
    "告知 {0} 凭的编号 {1} 不是这一条的告知书,或者没有收回回执",
    "",
)
_sound = from_sql(
    "SELECT id, serial FROM honours_slip WHERE length(serial) <> 10 OR CAST(serial AS bigint) % 97 <> 1 ORDER BY id",
    "条子 {0} 的编号 {1} 校验不对",
    "条子、回执、告知都对得上",
)
slips = several(_whose, _proved, _sound)
