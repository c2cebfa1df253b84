"""Make the virtual environment of this checkout: the locked packages, Courtyard itself, and its npm assets.

`python tools/setup.py app` is what running needs, `… dev` what checking and testing need as well. Standard library
only. Each part has a stamp in `.make/` that names what it was made from, so a second run takes no time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / ".make"
LOCKS = {"app": "requirements.lock", "dev": "requirements-dev.lock"}
# What the installed distribution is made from; the code itself is linked, not copied.
PROJECT = ("pyproject.toml", "setup.py")


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def digest(*names: str) -> str:
    """SHA-256 over these files of the checkout and the Python that runs this."""
    found = hashlib.sha256(sys.version.encode())
    for name in names:
        path = ROOT / name
        found.update(name.encode() + b"\0" + (path.read_bytes() if path.exists() else b""))
    return found.hexdigest()


def stands(stamp: str, want: str) -> bool:
    path = STAMPS / stamp
    return path.exists() and path.read_text(encoding="ascii") == want


def set_stamp(stamp: str, want: str) -> None:
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / stamp).write_text(want, encoding="ascii")


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


def pip(*arguments: str) -> None:
    run(PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments)


def make_venv() -> None:
    """A virtual environment of the Python that runs this; one that does not answer is made anew."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    if VENV.exists():
        say("the virtual environment does not answer: making it anew")
        shutil.rmtree(VENV)
    say(f"making .venv with Python {sys.version.split()[0]}")
    try:
        run(sys.executable, "-m", "venv", VENV)
    except subprocess.CalledProcessError:
        sys.exit("setup: this Python cannot make virtual environments. On Debian and Ubuntu install python3-venv.")
    for stamp in ("app", "dev", "project"):
        (STAMPS / stamp).unlink(missing_ok=True)


def install_packages(kind: str) -> None:
    lock = LOCKS[kind]
    want = digest(lock)
    if stands(kind, want):
        say(f"packages of {lock}: up to date")
        return
    say(f"installing the locked packages of {lock}")
    pip("--require-hashes", "--no-deps", "-r", lock)
    set_stamp(kind, want)


def install_project() -> None:
    """Link the checkout into the environment, with the build tools of the lock (none is fetched unpinned)."""
    want = digest(*PROJECT)
    if stands("project", want) and (VENV / "bin" / "courtyard").exists():
        return
    say("linking Courtyard into .venv")
    pip("--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
    set_stamp("project", want)


def compile_translations() -> None:
    """The `.mo` files of every catalogue (D21), where a catalogue is newer than what was compiled from it."""
    catalogues = sorted((ROOT / "src").glob("**/locale/*/LC_MESSAGES/*.po"))
    for source in catalogues:
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            say(f"compiling {source.relative_to(ROOT)}")
            locale = source.parent.parent.name
            run(VENV / "bin" / "pybabel", "-q", "compile", "-l", locale, "-i", source, "-o", target)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind not in LOCKS:
        sys.exit("setup: say which: app or dev")
    os.environ.pop("PYTHONHOME", None)
    os.environ.pop("PIP_USER", None)
    make_venv()
    install_packages(kind)
    install_project()
    compile_translations()
    run(PYTHON, ROOT / "tools" / "assets.py")


if __name__ == "__main__":
    main()
