import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Looks are marks in rounds of their own (decision 0008). Looks that stand keep their rows as they were sealed:
    they were made without marks, and have no link. Two looks of one person may stand where the first was reviewed."""

    dependencies = [
        ("honours", "0004_help"),
        ("inspections", "0003_revisits"),
    ]

    operations = [
        migrations.CreateModel(
            name="LookMarks",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("entry", models.UUIDField()),
                (
                    "look",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="honours.look"
                    ),
                ),
                (
                    "marks",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="look", to="inspections.marks"
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint(model_name="look", name="honours_second_look_once"),
    ]
