"""Whose telephone a number is, as far as the register knows it: by the blind index, no number is opened."""

from __future__ import annotations

from datetime import date

from courtyard.households.models import Household, Kin
from courtyard.households.rules.states import KinKind
from courtyard.households.sealing import phone_indexer
from courtyard.kernel.paths import inside
from courtyard.people.queries import duties_in_force
from courtyard.places.models import Place
from courtyard.places.rules.lines import digits_of


def people_reached_at(place: Place, line: str, on: date) -> bool:
    """Whether a number is kept at the home of somebody with a duty in this place's village (two queries)."""
    village = place.village or place
    index = phone_indexer()
    numbers = {index(number)[0] for number in (line.strip(), digits_of(line)) if number}
    rows = Household.objects.filter(phone_index__in=numbers, until=None)
    own = Kin.objects.filter(kind=KinKind.OWN_HOME.value, household__in=rows).values("account")
    duties = duties_in_force(on).filter(account__in=own).values_list("place__path", flat=True)
    return any(inside(path, village.path) for path in duties)
