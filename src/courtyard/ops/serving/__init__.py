"""serving: one parent that keeps a web process and a worker alive, and what is compared before either starts.

Knows: processes, ports, what must stand before a page is shown.
Never: a page, a rule.
"""
