"""moving: an installation's SQLite data taken over into an empty PostgreSQL database, row for row (D19).

Knows: the order of tables, the raw values of both databases, how to prove that nothing was lost on the way.
Never: a write to the source; half of the rows in the target.
"""
