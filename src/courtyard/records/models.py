"""Tables that only grow, and the few rows that point at their heads."""

from __future__ import annotations

from django.db import models

from courtyard.records.checks import known
from courtyard.records.rules import FileKind, JobState, ScanRule


class Chain(models.Model):
    """The head of one place's journal: a village's, the town's, the county's."""

    place = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")

    privacy = {"place": "public", "number": "public", "head": "public"}


class Entry(models.Model):
    """One action: who did what when, chained to the one before. `canonical` is the hashed text."""

    id = models.UUIDField(primary_key=True)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT)
    number = models.BigIntegerField()
    verb = models.CharField(max_length=64)
    subject = models.CharField(max_length=80)
    by_kind = models.CharField(max_length=16)
    by = models.UUIDField()
    at = models.DateTimeField()
    rows = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    answer = models.TextField()
    canonical = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    grows = True
    privacy = {
        **dict.fromkeys(("id", "chain", "number", "verb", "subject", "rows", "digest", "previous", "hash"), "internal"),
        **dict.fromkeys(("by_kind", "by", "at", "answer", "canonical"), "internal"),
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="records_entry_number_once")]


class Receipt(models.Model):
    """That a command made by a device or a form was carried out, once: its input's digest and its entry."""

    command = models.UUIDField(primary_key=True)
    verb = models.CharField(max_length=64)
    given_sha256 = models.CharField(max_length=64)
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("command", "verb", "given_sha256", "entry"), "internal")


class Epoch(models.Model):
    """One life of this database; a restore begins the next, and phones offer their last days again."""

    number = models.BigIntegerField(primary_key=True)
    why = models.CharField(max_length=80)
    at = models.DateTimeField()

    grows = True
    privacy = dict.fromkeys(("number", "why", "at"), "internal")


class Job(models.Model):
    """Work put off: enqueued in its action's transaction, claimed by compare-and-swap with a lease."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=64)
    given = models.TextField()
    state = models.CharField(max_length=16, choices=JobState.choices(), default=JobState.WAITING.value)
    due = models.DateTimeField()
    tries = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=64, default="")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    note = models.TextField(default="")

    privacy = dict.fromkeys(
        ("id", "kind", "given", "state", "due", "tries", "lease_until", "worker", "done", "total", "note"), "internal"
    )

    class Meta:
        indexes = [models.Index(fields=["state", "due"], name="records_job_due")]
        constraints = [known("records_job_state", "state", JobState)]


class AccessLine(models.Model):
    """That somebody was shown unmasked personal data (D11): who, whose, which fields, why. Own file on SQLite."""

    by_kind = models.CharField(max_length=16)
    by = models.UUIDField()
    subject = models.CharField(max_length=80, db_index=True)
    fields = models.CharField(max_length=200)
    why = models.CharField(max_length=80)
    at = models.DateTimeField()

    grows = True
    privacy = dict.fromkeys(("id", "by_kind", "by", "subject", "fields", "why", "at"), "internal")


class Scan(models.Model):
    """That a scan was attached to a thing (a resolution): the thing's id, and a seal of the file that stays when the
    file is erased (D10)."""

    id = models.UUIDField(primary_key=True)
    subject = models.UUIDField(db_index=True)
    seal = models.CharField(max_length=64)
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "subject", "seal", "entry"), "internal")


class ScanFile(models.Model):
    """The kept file of a scan while it stands: its SHA-256 is its name in the store. At most one stands at a thing."""

    id = models.UUIDField(primary_key=True)
    scan = models.OneToOneField(Scan, on_delete=models.PROTECT, related_name="file")
    subject = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=4, choices=FileKind.choices())
    bytes = models.BigIntegerField()
    pages = models.BigIntegerField()
    salt = models.BinaryField()

    privacy = dict.fromkeys(("id", "scan", "subject", "sha256", "kind", "bytes", "pages", "salt"), "internal")

    class Meta:
        constraints = [
            known("records_scan_kind", "kind", FileKind),
            models.CheckConstraint(condition=models.Q(bytes__gte=1, pages__gte=1), name="records_scan_holds_something"),
        ]


class ScanEnd(models.Model):
    """That a scan was taken away: on which day, by which rule. Its file is erased by the same act."""

    id = models.UUIDField(primary_key=True)
    scan = models.OneToOneField(Scan, on_delete=models.PROTECT, related_name="end")
    day = models.DateField()
    rule = models.CharField(max_length=24, choices=ScanRule.choices())
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "scan", "day", "rule", "entry"), "internal")

    class Meta:
        constraints = [known("records_scan_rule", "rule", ScanRule)]
