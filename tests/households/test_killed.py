"""An import killed in the middle and run again is complete, once; PINs tried by many at once are tried five times."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest
from tests.ground.databases import OwnDatabase
from tests.households.files import DATA
from tests.worlds import AT, home, make_world

from courtyard.households import actions
from courtyard.households.models import Care, Household, ImportRun
from courtyard.kernel.problems import Refused
from courtyard.places.models import Place
from courtyard.records.gate import Busy
from courtyard.records.models import Entry

SCRIPT = f"""
import sys, django; django.setup()
from datetime import datetime
from pathlib import Path
from courtyard.households.actions import import_roster
from courtyard.kernel.days import day_of
from courtyard.people.queries import actor_named
at = datetime.fromisoformat({AT.isoformat()!r})
by = actor_named("clerk", day_of(at))
outcome = import_roster(file=Path(sys.argv[1]), by=by, at=at, progress=lambda done, total: print(done, flush=True))
print("end", outcome.new, outcome.unchanged, flush=True)
"""


def start(database: OwnDatabase) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(DATA / "town.xlsx")], env=database.env, stdout=subprocess.PIPE, text=True
    )


def test_killed_after_some_villages_and_run_again(own_database: OwnDatabase) -> None:
    make_world()
    child = start(own_database)
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(4)]
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert lines[3].strip().isdigit()
    done = Household.objects.count()
    assert int(lines[3]) <= done < 5588, "some villages stand, not all"
    assert ImportRun.objects.get().state == "running"
    numbers = dict(Household.objects.values_list("pk", "short"))
    again = start(own_database)
    told, _ = again.communicate(timeout=300)
    assert again.returncode == 0
    assert told.splitlines()[-1] == "end 5588 0"
    assert Household.objects.count() == 5588
    assert dict(Household.objects.filter(pk__in=numbers).values_list("pk", "short")) == numbers
    assert (Care.objects.count(), Household.objects.exclude(living="lived_in").count()) == (268, 267)
    run = ImportRun.objects.get()
    assert (run.state, run.new, run.unchanged) == ("done", 5588, 0)
    assert Entry.objects.filter(verb="households.import").count() == 15


@pytest.mark.race
def test_two_imports_of_one_town_at_once_take_every_household_once(own_database: OwnDatabase) -> None:
    make_world()
    both = [start(own_database) for _ in range(2)]
    told = [child.communicate(timeout=300)[0].splitlines()[-1].split() for child in both]
    assert [child.returncode for child in both] == [0, 0]
    # One run shared by both answers 5588 to each; two runs share the households between them.
    new = [int(words[1]) for words in told]
    assert sum(new) == (5588 if ImportRun.objects.count() == 2 else 2 * 5588)
    assert Household.objects.count() == 5588 and Place.objects.filter(kind="village").count() == 15
    assert (Care.objects.count(), Household.objects.exclude(living="lived_in").count()) == (268, 267)
    assert not ImportRun.objects.exclude(state="done").exists()


@pytest.mark.race
def test_a_hundred_tries_at_once_are_five(own_database: OwnDatabase) -> None:
    world = make_world()
    household = home(world, "WD/01/G01", "0101001", "陈明")
    actions.issue_cards(place=world["WD/01"], by=world.actor("cadre"), at=AT)
    card = actions.hand_over_card(household=household, pin="135790", by=world.actor("cadre"), at=AT)
    barrier, answers = threading.Barrier(8), []

    def guess(first: int) -> None:
        from django.db import connections

        barrier.wait()
        for n in range(first, 100, 8):
            try:
                actions.check_pin(token=card.token, pin=f"{n:02d}0000", device="one", at=AT)
                answers.append("open")
            except Refused as refused:
                answers.append(refused.code)
            except Busy:
                answers.append("busy")
        connections.close_all()

    threads = [threading.Thread(target=guess, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 100 and "open" not in answers
    assert Entry.objects.filter(verb="households.try_pin", answer='{"right":false}').count() >= 5
    from courtyard.households.models import PinTry

    assert PinTry.objects.get(device="one").tries == 5
    with pytest.raises(Refused, match="households.pin_refused"):
        actions.check_pin(token=card.token, pin="135790", device="one", at=AT)
