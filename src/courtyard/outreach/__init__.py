"""outreach: how the programme is told to people: everything printed, and what was printed.

Knows: the papers (one facts function and one template a print), the shipped fonts' coverage, artefacts kept.
Never: a grade on a slip, a name of a black list in a picture, a character silently left out, a decision of its own.
"""
