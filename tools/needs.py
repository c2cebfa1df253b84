"""What the tests need from the machine: a PostgreSQL server of version 15 or newer, and Chromium.

As root on Debian a missing one is installed by apt-get. Anyone else is told its name, before the first test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

POSTGRESQL_AT_LEAST = 15
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Missing(SystemExit):
    """Something the tests need is not on this machine and cannot be installed by us."""


def postgresql_version(folder: Path) -> int:
    """The major version of the server whose programs are in this folder; 0 where there is none."""
    server = folder / "postgres"
    if not server.exists() or not (folder / "initdb").exists():
        return 0
    answer = subprocess.run([server, "--version"], capture_output=True, text=True)
    found = re.search(r"(\d+)\.|(\d+)(?:devel|beta|rc)", answer.stdout)
    return int(found.group(1) or found.group(2)) if found else 0


def postgresql() -> Path | None:
    """The folder of the newest server programs that will do, or None."""
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    fit = [(postgresql_version(folder), folder) for folder in folders]
    fit = [(version, folder) for version, folder in fit if version >= POSTGRESQL_AT_LEAST]
    return max(fit)[1] if fit else None


def chromium() -> Path | None:
    """The Chromium to drive, or None. COURTYARD_CHROMIUM names another one."""
    named = os.environ.get("COURTYARD_CHROMIUM")
    for name in (named,) if named else CHROMIUM_NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None


def install(packages: list[str]) -> None:
    """apt-get install as root, with an update first; stops with the packages' names where that is not possible."""
    names = " and ".join(packages)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Missing(
            f"The tests need {names}, and this machine has not got it. "
            f"Install it (on Debian, as root: apt-get install {' '.join(packages)}) and run the same command again."
        )
    print(f"needs: installing {names} with apt-get", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (
        ["apt-get", "-q", "update"],
        ["apt-get", "-q", "-y", "--no-install-recommends", "install", *packages],
    )
    for step in steps:
        if subprocess.run(step, env=environment, stdin=subprocess.DEVNULL).returncode != 0:
            raise Missing(f"The tests need {names}, and apt-get could not install it (its own words are above).")


def ensure() -> None:
    """Everything the tests need is here when this returns; raises Missing with its name otherwise."""
    looks = {"postgresql": postgresql, "chromium": chromium}
    missing = [package for package, look in looks.items() if look() is None]
    if missing:
        install(missing)
    for package, look in looks.items():
        if look() is None:
            raise Missing(
                f"The tests need {package}"
                + (f" {POSTGRESQL_AT_LEAST} or newer" if package == "postgresql" else "")
                + ", and it is still not there after the installation."
            )


if __name__ == "__main__":
    try:
        ensure()
    except Missing as missing:
        sys.exit(f"needs: {missing}")
