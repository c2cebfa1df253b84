"""records: what only grows.

Knows: the journal and its hash chains, receipts, jobs, access lines, keys, guarded updates, append-only triggers.
Never: what a household, a round or a point is.
"""
