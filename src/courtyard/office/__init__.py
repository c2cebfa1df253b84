"""office: the staff web, a thin door.

Knows: pages, forms, sentences.
Never: a rule, a write.
"""
