"""verify: reads the tables with its own SQL over its own connection and proves them against each other.

Knows: what must agree with what, and how to name the first row that does not.
Never: a room's query, a write, more memory for more rows.
"""
