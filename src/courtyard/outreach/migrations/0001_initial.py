import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Artefact',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('paper', models.CharField(max_length=32)),
                ('subject', models.UUIDField(null=True)),
                ('day', models.DateField()),
                ('template_sha256', models.CharField(max_length=64)),
                ('facts_sha256', models.CharField(max_length=64)),
                ('file_sha256', models.CharField(max_length=64)),
                ('pages', models.BigIntegerField()),
                ('entry', models.UUIDField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'day'], name='outreach_artefact_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pages__gt', 0)), name='outreach_artefact_has_pages')],
            },
        ),
        migrations.CreateModel(
            name='ArtefactWords',
            fields=[
                ('artefact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='words', serialize=False, to='outreach.artefact')),
                ('facts', models.TextField()),
                ('salt', models.BinaryField()),
            ],
        ),
    ]
