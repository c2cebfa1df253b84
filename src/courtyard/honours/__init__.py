"""honours: red and black lists with due process, objections, rectification.

Knows: every step of an entry, its evidence and its days.
Never: a way to published that avoids notified.
"""
