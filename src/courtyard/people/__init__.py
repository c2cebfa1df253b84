"""people: accounts, duties at places, may() and areas().

Knows: who may do which verb where.
Never: what the verb does.
"""
