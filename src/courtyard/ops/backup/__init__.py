"""backup: one file that holds an installation's database and files, never its keys; proved by restoring it.

Knows: how to take a consistent snapshot under load, seal it, read it back, and put it in place of nothing.
Never: a half-written archive under the name that was asked for; a live file copied; data replaced unasked.
"""
