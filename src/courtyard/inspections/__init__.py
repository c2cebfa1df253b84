"""inspections: rounds, panels, visits, marks, findings, results.

Knows: who saw what in which yard, and what the scheme made of it.
Never: lists and their due process.
"""
