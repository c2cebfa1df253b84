"""Two counties in one PostgreSQL, a schema each (DESIGN §1): what one writes, the other never sees."""

from __future__ import annotations

import json
import subprocess
import sys

import psycopg
import pytest
from tests.ground.databases import COURTYARD, environment
from tests.house.reading import ROOT

COUNTIES = ("county_a", "county_b")
HEADS = {"county_a": "王建国", "county_b": "李秀英"}
# One process a county, as in production: the schema is in its DATABASE_URL.
WRITE = """
import json, sys
import django
django.setup()
from django.db import connection
from courtyard.households.actions import add_household
from courtyard.households.models import Household
from courtyard.records.models import Entry
from courtyard.records.triggers import declared, missing
from tests.worlds import AT, make_world
world = make_world(people=False)
add_household(group=world["WD/01/G01"], code="0101001", head=sys.argv[1], people=3, by=world.terminal, at=AT)
print(json.dumps({
    "heads": list(Household.objects.values_list("head", flat=True)),
    "chains": sorted(str(chain) for chain in Entry.objects.values_list("chain", flat=True).distinct()),
    "missing": missing(),
    "declared": len(declared("default", set(connection.introspection.table_names()))),
}))
"""


def run(url, *command, **more):
    env = environment(more["var"], url) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.only_postgres
def test_two_counties_in_one_database_share_nothing(blank_database):
    base, var = blank_database.url, blank_database.var
    with psycopg.connect(base, autocommit=True) as connection:
        for county in COUNTIES:
            connection.execute(f'CREATE SCHEMA "{county}"')
    wrote = {}
    for county in COUNTIES:
        url = f"{base}?schema={county}"
        run(url, *COURTYARD, "migrate", "--verbosity", "0", var=var)
        wrote[county] = json.loads(run(url, sys.executable, "-c", WRITE, HEADS[county], var=var).splitlines()[-1])
    for county in COUNTIES:
        assert wrote[county]["heads"] == [HEADS[county]]
        assert wrote[county]["missing"] == []
        assert wrote[county]["declared"] > 10
    assert not set(wrote["county_a"]["chains"]) & set(wrote["county_b"]["chains"])
    # And the database itself says so: every table stands once a county, none stands outside, no key crosses over.
    with psycopg.connect(base) as connection:
        tables = connection.execute(
            "SELECT schemaname, count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            " GROUP BY 1"
        ).fetchall()
        assert {schema for schema, _ in tables} == set(COUNTIES)
        assert len({count for _, count in tables}) == 1
        crossing = connection.execute(
            "SELECT count(*) FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid"
            " JOIN pg_class b ON b.oid = k.confrelid WHERE k.contype = 'f' AND a.relnamespace <> b.relnamespace"
        ).fetchone()
        assert crossing == (0,)
        for county in COUNTIES:
            found = connection.execute(f'SELECT head FROM "{county}".households_household').fetchall()
            assert found == [(HEADS[county],)]


@pytest.mark.only_postgres
@pytest.mark.long
def test_a_growing_table_of_one_county_refuses_what_reaches_it_from_the_other(blank_database):
    """A statement that names the other schema meets that schema's own triggers."""
    base, var = blank_database.url, blank_database.var
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute('CREATE SCHEMA "county_a"')
    url = f"{base}?schema=county_a"
    run(url, *COURTYARD, "migrate", "--verbosity", "0", var=var)
    run(url, sys.executable, "-c", WRITE, HEADS["county_a"], var=var)
    with psycopg.connect(base, autocommit=True) as connection:
        for statement in (
            'UPDATE "county_a".records_entry SET verb = verb',
            'DELETE FROM "county_a".records_entry',
            'TRUNCATE "county_a".records_entry CASCADE',
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
                connection.execute(statement)
