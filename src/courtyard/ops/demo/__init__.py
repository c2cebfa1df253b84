"""demo: a made-up town with three months of rounds, every row of it by an action a door could call.

Knows: a seed, a day, the order in which a town lives.
Never: a table; a clock of its own; a random number that does not follow from the seed.
"""
