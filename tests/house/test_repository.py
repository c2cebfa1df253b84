"""What is committed names no address of a registry and no path of one machine, and the locks hold what is asked for."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
from tests.house.reading import ROOT, none

# Written in pieces, so that this file does not find itself.
ADDRESSES = [
    "registry.npm" + "js.org", "pypi" + ".org", "files.python" + "hosted.org", "deb." + "debian.org",
    "registry.yarn" + "pkg.com", "crates" + ".io",
]  # fmt: skip
PATHS = [
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/ho" + "me/",
    ".lib" + "rary/",
    "/opt/whe" + "els",
    "/opt/py" + "pi",
    "/tm" + "p/",
]
BINARY = {".png", ".jpg", ".xlsx", ".xls", ".ttf", ".otf", ".woff2", ".pdf", ".ods", ".zip"}


def committed() -> list[str]:
    """Files in the index of this checkout."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in answer.stdout.decode().split("\0") if name]


def names_a_place(text: str) -> list[str]:
    return [word for word in ADDRESSES + PATHS if word in text]


def test_no_addresses_and_no_machine_paths():
    paths = [ROOT / name for name in committed() if (ROOT / name).suffix not in BINARY and (ROOT / name).is_file()]
    assert len(paths) > 50
    found = {str(path): names_a_place(path.read_text(encoding="utf-8", errors="replace")) for path in paths}
    none({path: words for path, words in found.items() if words})


def test_nothing_large_is_committed():
    sizes = {name: (ROOT / name).stat().st_size for name in committed() if (ROOT / name).is_file()}
    none({name: size for name, size in sizes.items() if size > 2_000_000})


def test_a_planted_address_is_found():
    assert names_a_place("resolved: https://registry.npm" + "js.org/x")
    assert names_a_place("see /wo" + "rk/main")


def test_nothing_that_is_fetched_or_made_is_committed():
    made = re.compile(r"(^|/)(node_modules|\.venv|var|__pycache__|fonts|assets)/.*\.(ttf|css|js|pyc|sqlite3)$|\.mo$")
    none([name for name in committed() if made.search(name)])


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", name, maxsplit=1)[0]).lower()


def locked(lock: str) -> set[str]:
    return {_normal(n) for n in re.findall(r"^([A-Za-z0-9_.\-]+)==", (ROOT / lock).read_text(), re.MULTILINE)}


def test_the_locks_hold_every_dependency_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {_normal(name) for name in project["project"]["dependencies"] + project["build-system"]["requires"]}
    assert wanted - locked("requirements.lock") == set()
    development = {_normal(name) for name in project["project"]["optional-dependencies"]["dev"]}
    assert (wanted | development) - locked("requirements-dev.lock") == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_every_locked_package_has_its_hashes(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = [one for one in re.split(r"\n(?=\S)", text) if "==" in one and not one.startswith("#")]
    assert blocks
    none(block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block)


def test_both_locks_agree():
    versions = [dict(re.findall(r"^([A-Za-z0-9_.\-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
                for name in ("requirements.lock", "requirements-dev.lock")]  # fmt: skip
    app, dev = versions
    none({name: version for name, version in app.items() if dev.get(name) != version})


def test_the_npm_lock_holds_hashes_and_no_addresses():
    import json

    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert len(packages) > 1
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name
