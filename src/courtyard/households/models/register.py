"""Tables of the register: households, cards, PINs, kin, care, questions, imports."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.households.models.countersigns import Countersign
from courtyard.households.rules import states
from courtyard.people.models import Account
from courtyard.places.models import Place
from courtyard.records.checks import known


class Household(models.Model):
    """A farm household. `code` is the clerk's 户编号, unique in its village; `short` the number people say, unique in
    its town; `changed` the village's number when it last changed (D6). `countersign` is what a second person looks at
    where it was imported or put in by hand. Name and phone can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="households")
    town = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    short = models.CharField(max_length=6)
    head = models.CharField(max_length=40)
    initials = models.CharField(max_length=40, default="", db_index=True)
    bay = models.CharField(max_length=40, default="")
    door = models.CharField(max_length=80, default="")
    people = models.BigIntegerField()
    phone_sealed = models.BinaryField(null=True)
    phone_key = models.CharField(max_length=8, default="")
    phone_index = models.CharField(max_length=64, default="", db_index=True)
    last_four_index = models.CharField(max_length=64, default="", db_index=True)
    living = models.CharField(max_length=16, choices=states.Living.choices(), default="lived_in")
    participation = models.CharField(max_length=16, choices=states.Participation.choices(), default="taking_part")
    red_name = models.CharField(max_length=8, choices=states.RedNameConsent.choices(), default="no")
    messages = models.CharField(max_length=8, choices=states.MessageConsent.choices(), default="no")
    countersign = models.ForeignKey(Countersign, null=True, on_delete=models.PROTECT, related_name="made")
    since = models.DateField()
    until = models.DateField(null=True)
    changed = models.BigIntegerField(default=0)

    privacy = {
        **dict.fromkeys(("id", "village", "group", "town", "code", "short", "since", "until", "changed"), "internal"),
        "countersign": "internal",
        **dict.fromkeys(("head", "initials", "bay", "door", "people", "living", "participation"), "personal"),
        **dict.fromkeys(
            ("red_name", "messages", "phone_sealed", "phone_key", "phone_index", "last_four_index"), "personal"
        ),
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["village", "code"], name="households_code_once_a_village"),
            models.UniqueConstraint(fields=["town", "short"], name="households_short_once_a_town"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=99), name="households_people_in_range"),
            known("households_living", "living", states.Living),
            known("households_participation", "participation", states.Participation),
            known("households_red_name", "red_name", states.RedNameConsent),
            known("households_messages", "messages", states.MessageConsent),
        ]


class Card(models.Model):
    """A card: its opaque token dies with it; at most one live card a household."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cards")
    token = models.CharField(max_length=26, unique=True)
    state = models.CharField(max_length=8, choices=states.CardState.choices(), default="live")
    issued = models.DateField()
    handed_over = models.DateField(null=True)
    ended = models.DateField(null=True)

    privacy = {
        **dict.fromkeys(("id", "household", "state", "issued", "handed_over", "ended"), "internal"),
        "token": "secret",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household"], condition=Q(state="live"), name="households_one_live_card"),
            known("households_card_state", "state", states.CardState),
        ]


class Pin(models.Model):
    """A household's PIN (none until hand-over) as HMAC under a key outside the database. `sealed` '' is one that died
    with its card: the next is a reset. `spend_from`: a reset stops spending until then."""

    household = models.OneToOneField(Household, primary_key=True, on_delete=models.PROTECT)
    sealed = models.CharField(max_length=64)
    key = models.CharField(max_length=8)
    set_at = models.DateTimeField()
    spend_from = models.DateTimeField(null=True)

    privacy = {
        **dict.fromkeys(("household", "key", "set_at", "spend_from"), "internal"),
        "sealed": "secret",
    }


class PinTry(models.Model):
    """Wrong tries of one device on one household (or an unknown number) that day; `device` '' counts the household's day."""

    subject = models.CharField(max_length=40)
    device = models.CharField(max_length=64)
    day = models.DateField()
    tries = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(("id", "subject", "device", "day", "tries"), "internal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "device", "day"], name="households_pin_try_once")]


class Kin(models.Model):
    """That a household is an evaluator's or cadre's own home or kin: they step aside there."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="kin")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="kin")
    kind = models.CharField(max_length=8, choices=states.KinKind.choices())

    privacy = {"id": "internal", "account": "personal", "household": "internal", "kind": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "household"], name="households_kin_once"),
            known("households_kin_kind", "kind", states.KinKind),
        ]


class Care(models.Model):
    """A line of the care list: proposed from the roster's remark, confirmed by a cadre, unseen by evaluators."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="care")
    kind = models.CharField(max_length=16, choices=states.CareKind.choices())
    state = models.CharField(max_length=16, choices=states.CareState.choices(), default="proposed")

    privacy = {"id": "internal", "household": "internal", "kind": "personal", "state": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "kind"], name="households_care_once"),
            known("households_care_kind", "kind", states.CareKind),
            known("households_care_state", "state", states.CareState),
        ]


class ImportRun(models.Model):
    """One roster file's import, village by village; run again after a kill it ends complete, once."""

    id = models.UUIDField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    file_sha256 = models.CharField(max_length=64)
    countersign = models.ForeignKey(Countersign, null=True, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField(max_length=16, choices=states.ImportState.choices(), default="running")
    at = models.DateTimeField()
    by = models.UUIDField()
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    skipped = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(
        (
            "id", "place", "file_sha256", "countersign", "state", "at", "by", "new", "changed", "unchanged", "refused",
            "skipped",
        ),
        "internal",
    )  # fmt: skip

    class Meta:
        constraints = [known("households_import_state", "state", states.ImportState)]


class ImportLine(models.Model):
    """What one run did to one household and what stood before, kept a day so that it can be undone, then erased."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="lines")
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    was_new = models.BooleanField()
    before = models.TextField(default="")

    privacy = {
        "id": "internal",
        "run": "internal",
        "household": "internal",
        "was_new": "internal",
        "before": "personal",
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "household"], name="households_import_line_once")]


class Question(models.Model):
    """Something an import must not decide: a household no longer in the roster, or maybe one that moved."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="questions")
    other = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=states.QuestionKind.choices())
    state = models.CharField(max_length=16, choices=states.QuestionState.choices(), default="open")
    asked = models.DateField()
    answer = models.CharField(max_length=40, default="")

    privacy = dict.fromkeys(("id", "household", "other", "kind", "state", "asked", "answer"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "kind"], condition=Q(state="open"), name="households_question_once"
            ),
            known("households_question_kind", "kind", states.QuestionKind),
            known("households_question_state", "state", states.QuestionState),
        ]
