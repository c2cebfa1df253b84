"""kernel: the vocabulary every room speaks, without a database.

Knows: Problem and Refused, Choice, actors and duties, ids, paths, days and working days, sentences.
Never: a table, a clock read inside a rule, a file.
"""
