"""Three stars of a round's score, as several tests let a village adopt them."""

OF_SCORE = """
[[stars]]
code = "three"
name = "三星"
of = "score"
least = 90
most = 100
includes = "both"

[[stars]]
code = "two"
name = "二星"
of = "score"
least = 60
most = 90
includes = "least"

[[stars]]
code = "one"
name = "一星"
of = "score"
least = 0
most = 60
includes = "least"
"""
