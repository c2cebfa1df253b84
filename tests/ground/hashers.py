"""Argon2 with the least work it allows: a world of twenty accounts in no time, still checked by the real server."""

from courtyard.people.hashers import Argon2


class Quick(Argon2):
    time_cost = 1
    memory_cost = 8
    parallelism = 1
