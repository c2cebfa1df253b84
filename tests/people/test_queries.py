"""Who acts is read with whom to complain to."""

from __future__ import annotations

import pytest
from tests.worlds import AT, World

from courtyard.kernel.days import day_of
from courtyard.people.queries import acting, actor_of
from courtyard.places.models import Place
from courtyard.places.queries import complaint_line

LINES = ("", "WD", "WD/01")


@pytest.mark.django_db
@pytest.mark.parametrize("n", range(len(LINES) + 1))
def test_whom_to_complain_to_is_read_with_the_duties(world: World, n: int) -> None:
    Place.objects.update(complaint_line="")
    for path in LINES[:n]:
        Place.objects.filter(path=path).update(complaint_line=f"tel {path}")
    for name in ("clerk", "cadre", "cadre2"):
        account, day = world.accounts[name], day_of(AT)
        actor, line = acting(account, day)
        assert actor == actor_of(account, day)
        assert line == complaint_line(actor.duties[0].path)
    account.is_active = False
    account.save()
    gone, line = acting(account, day)
    assert gone.duties == () and line is None
