"""Make the lock files anew from pyproject.toml and package.json: versions and hashes, no addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMPILE = (
    str(Path(sys.executable).parent / "pip-compile"), "--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras",
    "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host",
)  # fmt: skip
LOCKS = (
    ("--build-deps-for", "editable", "-o", "requirements.lock", "pyproject.toml"),
    (
        "--build-deps-for", "editable", "--extra", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock",
        "pyproject.toml",
    ),
    ("-o", "requirements-node.lock", "requirements-node.in"),
    ("-o", "requirements-peers.lock", "requirements-peers.in"),
)  # fmt: skip


def main() -> None:
    for arguments in LOCKS:
        print(f"lock: {arguments[arguments.index('-o') + 1]}", flush=True)
        subprocess.run([*COMPILE, *arguments], cwd=ROOT, check=True)
    sys.path.insert(0, str(ROOT / "tools"))
    import assets

    print("lock: package-lock.json", flush=True)
    subprocess.run([*assets.npm(), "install", "--package-lock-only"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
