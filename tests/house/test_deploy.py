"""What Django says of the settings a village would be served with: nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COURTYARD = (sys.executable, "-m", "courtyard.project.command")


def run(var: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("COURTYARD_", "DATABASE_"))}
    kept |= {"COURTYARD_VAR": str(var), "DJANGO_SETTINGS_MODULE": "courtyard.project.settings", **settings}
    return subprocess.run([*COURTYARD, *arguments], env=kept, capture_output=True, text=True, check=False)


def test_check_deploy_is_clean_under_https(tmp_path: Path):
    assert run(tmp_path, "make_keys").returncode == 0
    https = {"COURTYARD_PROFILE": "https", "PUBLIC_URL": "https://wandian.example.cn"}
    found = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **https)
    assert found.returncode == 0, found.stderr
    loopback = run(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert loopback.returncode == 1, "the same question has another answer where cookies are plain"
