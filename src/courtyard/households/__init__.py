"""households: register, cards, PINs, kin, care list, the roster import.

Knows: who lives where, on which card, with whose consent.
Never: how a yard was rated.
"""
