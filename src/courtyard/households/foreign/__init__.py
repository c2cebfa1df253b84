"""Opening clerks' files (D20) in a child process with limits on memory, time and output.

Knows: xlsx, xls and csv as bytes; which cells are formulas; where the heading stands; drops ID numbers unread.
Never: imports Django, writes a file, decides what a row means (rules.roster does).
"""
