"""points: awards, accounts, postings, holds, budgets.

Knows: what was earned, booked, held and spent.
Never: why a grade was given.
"""
