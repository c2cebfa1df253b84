"""shop: goods, stock, the till, redemptions.

Knows: what points buy and what lies on the shelf.
Never: a household's grades or lists.
"""
