"""The English catalogue: gathers every Chinese string of the source (`makemessages`), keeps what is translated.

`.venv/bin/python tools/english.py` needs GNU gettext; it says what is not translated yet and ends with 1 where there is any.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "src" / "courtyard" / "project" / "locale" / "en" / "LC_MESSAGES" / "django.po"
OPTIONS = ("-l", "en", "--no-location", "--no-obsolete", "--no-wrap", "--ignore=assets/*")


def gather() -> None:
    """Bring the catalogue up to the source."""
    command = [sys.executable, "-m", "courtyard.project.command", "makemessages", *OPTIONS]
    subprocess.run(
        command, cwd=ROOT / "src" / "courtyard", env={**os.environ, "COURTYARD_PROFILE": "loopback"}, check=True
    )


def untranslated() -> list[str]:
    """Strings without English, or with English that gettext only guessed."""
    with CATALOGUE.open("rb") as file:
        return [str(message.id) for message in read_po(file) if message.id and (not message.string or message.fuzzy)]


def main() -> int:
    gather()
    missing = untranslated()
    for text in missing:
        print(f"no English: {text}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
