"""`make check`: style, templates, import contracts, migrations, types. Every check runs; one failure fails it all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "ruff check": (BIN / "ruff", "check", "."),
    "ruff format": (BIN / "ruff", "format", "--check", "."),
    "djlint": (BIN / "djlint", "src/courtyard", "--lint", "--quiet"),
    "import contracts": (BIN / "lint-imports", "--no-cache"),
    "migrations": (BIN / "courtyard", "makemigrations", "--check", "--dry-run", "--no-input"),
    "mypy": (BIN / "mypy",),
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="courtyard-check-") as var:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"COURTYARD_VAR": var, "NO_COLOR": "1"}
        for name, command in CHECKS.items():
            print(f"######## {name}", flush=True)
            began = time.monotonic()
            code = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment).returncode
            print(f"{name}: {'passed' if code == 0 else 'failed'}, {time.monotonic() - began:.0f} s", flush=True)
            if code:
                failed.append(name)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all passed'}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
