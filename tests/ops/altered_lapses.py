"""The tamper kit's alterations of what leaves accounts by itself, of deductions and of standings."""

from __future__ import annotations

from tests.ops.tampering import Tool, recount, reseal

MADE = "0192f0c1a2b37c4d8e5f60718293a4b6"
_POSTING = "command, n, points, cause, subject, day, booked, entry, debit_id, credit_id, reverses_id, award_id"
_LAST = "SELECT MAX(id) FROM points_posting WHERE cause = 'award'"


def lapses(alter: Tool) -> None:
    """Points stand on an account long past the last day an award is said to count."""
    paid = f"SELECT a.id, 'points', a.day, a.entry FROM points_posting p JOIN points_award a ON a.id = p.award_id WHERE p.id = ({_LAST})"
    alter.plain(f"INSERT INTO points_term (award_id, ledger, until, entry) {paid}")
    alter.plain(
        "INSERT INTO points_evening (village, day) SELECT a.village, '2031-01-01' FROM points_posting p"
        f" JOIN points_award a ON a.id = p.award_id WHERE p.id = ({_LAST})"
    )
    reseal(alter)


def lapsed_too_much(alter: Tool) -> None:
    """A point is said to have lapsed that never would."""
    _left(alter, "expiry", "1")


def resets(alter: Tool) -> None:
    """A home's whole balance went by a reset that nobody recorded."""
    _left(alter, "reset", "c.points")


def _left(alter: Tool, cause: str, points: str) -> None:
    alter.plain(
        f"INSERT INTO points_posting ({_POSTING}) SELECT p.command, p.n + 1000, {points}, '{cause}', p.subject,"
        " p.booked, p.booked, p.entry, p.credit_id, p.debit_id, NULL, NULL FROM points_posting p"
        f" JOIN points_counter c ON c.account_id = p.credit_id WHERE c.points > 1 AND p.id = ({_LAST})"
    )
    recount(alter)
    reseal(alter)


def deductions(alter: Tool) -> None:
    """Something was taken off by a clause, and no posting says so."""
    alter.plain(
        "INSERT INTO points_deduction (id, village, household, round, clause, points, day, turn, entry)"
        f" SELECT '{MADE}', village, household, round, 'awards.other', 1, day, 0, entry FROM points_award"
        " ORDER BY id LIMIT 1"
    )
    reseal(alter)


def standings(alter: Tool) -> None:
    """A standing fell by a reset that was none."""
    alter.plain(
        "INSERT INTO points_merit (id, village, household, ledger, round, clause, milli, day, turn, entry)"
        f" SELECT '{MADE}', village, household, 'honour', round, 'resets.year', -1000, day, 0, entry FROM points_award"
        " ORDER BY id LIMIT 1"
    )
    reseal(alter)
