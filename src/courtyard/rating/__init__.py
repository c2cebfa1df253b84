"""rating: schemes as documents, their adoption, the engines that score.

Knows: the rules of a place and what follows from marks.
Never: points in an account, a visit's table.
"""
