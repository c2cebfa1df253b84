"""Courtyard's own settings over a folder of this run's own, so that no test ever touches an operator's var/.

COURTYARD_TEST_VAR names the folder (the runner's); without it one is made and removed again. Workers of one run get a
folder each.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_given = os.environ.get("COURTYARD_TEST_VAR")
if _given is None:
    _given = tempfile.mkdtemp(prefix="courtyard-test-")
    os.environ["COURTYARD_TEST_VAR"] = _given
    atexit.register(shutil.rmtree, _given, ignore_errors=True)
_var = Path(_given) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["COURTYARD_VAR"] = str(_var)

from courtyard.project.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["tests.ground.hashers.Quick"]
# Nothing is collected here; whitenoise only asks that the folder stands.
(_var / "static").mkdir(parents=True, exist_ok=True)
