"""board: residents' and public pages, a thin door.

Knows: the card's page, the household's own pages, the group's board.
Never: a rule, a write, a name outside its reach.
"""
