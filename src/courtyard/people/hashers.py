"""Staff passwords: Argon2 with a salt from the kernel's source (the demonstration seeds it)."""

import base64

from django.contrib.auth.hashers import Argon2PasswordHasher

from courtyard.kernel.ids import random_bytes


class Argon2(Argon2PasswordHasher):
    def salt(self) -> str:
        """128 random bits as text."""
        return base64.b32encode(random_bytes(16)).decode().rstrip("=")
