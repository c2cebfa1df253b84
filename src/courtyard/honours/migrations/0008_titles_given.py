"""Titles that rounds gave before titles were kept: read back from the results that stand, each held since its first round."""

import json
from typing import Any

from django.db import migrations

from courtyard.kernel.ids import uuid7

CLAUSE = '"clause":"titles.'


def fill(apps: Any, schema_editor: Any) -> None:
    result, held = apps.get_model("inspections", "Result"), apps.get_model("honours", "TitleHeld")
    rows = result.objects.filter(superseded_by=None, breakdown__contains=CLAUSE).order_by("visit__round__month")
    columns = ("visit__household_id", "visit__round__village_id", "visit__round_id", "version_id", "day", "breakdown")
    found = {}
    for home, village, round_id, version, day, text in rows.values_list(*columns).iterator():
        for one in json.loads(text)["candidates"]:
            part, _, code = one["clause"].partition(".")
            if part == "titles" and (home, code) not in found:
                found[home, code] = held(
                    id=uuid7(), village_id=village, household_id=home, version_id=version, title=code, since=day,
                    given_in_id=round_id,
                )  # fmt: skip
    held.objects.bulk_create(found.values(), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [("honours", "0007_titles"), ("inspections", "0003_revisits")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
