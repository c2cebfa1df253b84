"""doctor: looks over an installation and says in plain Chinese what is wrong with it and what to do.

Knows: the folder, the keys, the database, the list of erasures, the backups, the worker.
Never: a write; a cure carried out by itself; a stack trace where a sentence will do.
"""
