"""ops: commands, the demonstration, verify, backup, restore, serve.

Knows: how the house is run.
Never: a write past an action.
"""
