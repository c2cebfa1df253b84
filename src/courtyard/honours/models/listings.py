"""Listings, their steps, objections, notices, and the task to paste 已整改 over a delisted entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.models.naming import NameDocuments
from courtyard.honours.rules import states
from courtyard.households.models import Household
from courtyard.inspections.models import Round, Visit
from courtyard.places.models import Place
from courtyard.records.checks import known

OPEN_STATES = ["candidate", "confirmed", "notified", "objected", "published"]


class Listing(models.Model):
    """An entry of a red or black list. `state` repeats its last step; `process` is the step table it began under (JSON).

    Never red and black at once: one open entry a household. Whether it still stands is read by the rule (D12).
    `named_under`: the documents by which a published black entry carries its name, while they hold (by reading).
    `lapses_on` is the last day on which an unpublished entry may still go on; `mended_said_on` waits for a re-visit."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=states.ListingKind.choices())
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="listings")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="listings")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="listings")
    state = models.CharField(max_length=16, choices=states.ListingState.choices())
    since = models.DateField()
    notified_on = models.DateField(null=True)
    publish_from = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    published_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    lapses_on = models.DateField(null=True)
    mend_by = models.DateField(null=True)
    mended_said_on = models.DateField(null=True)
    mended_on = models.DateField(null=True)
    reach = models.CharField(max_length=8, choices=states.Reach.choices())
    named_under = models.ForeignKey(NameDocuments, null=True, on_delete=models.PROTECT, related_name="+")
    process = models.TextField()
    changed = models.BigIntegerField(default=0)

    privacy = dict.fromkeys(
        ("id", "kind", "household", "group", "village", "round", "visit", "since", "notified_on", "publish_from")
        + (
            "provisional",
            "published_on",
            "expires_on",
            "ended_on",
            "lapses_on",
            "mend_by",
            "mended_said_on",
            "mended_on",
        )
        + ("reach", "named_under", "process", "changed"),
        "internal",
    ) | {"state": "personal"}

    class Meta:
        indexes = [models.Index(fields=["group", "kind", "state"], name="honours_listing_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=OPEN_STATES), name="honours_one_open_entry"
            ),
            models.UniqueConstraint(fields=["visit", "kind"], name="honours_entry_once_a_visit"),
            known("honours_listing_kind", "kind", states.ListingKind),
            known("honours_listing_state", "state", states.ListingState),
            known("honours_listing_reach", "reach", states.Reach),
            models.CheckConstraint(
                condition=~Q(kind="black", state="published")
                | Q(notified_on__isnull=False, publish_from__isnull=False, expires_on__isnull=False),
                name="honours_published_was_notified",
            ),
            models.CheckConstraint(
                condition=~Q(kind="black", state="published", reach="names") | Q(named_under__isnull=False),
                name="honours_names_have_documents",
            ),
        ]


class Step(models.Model):
    """One step of an entry: verb, from, to, who, the day. Words of reasons lie beside it (Words) and can be erased."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="steps")
    n = models.BigIntegerField()
    verb = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField()
    words_sha256 = models.CharField(max_length=64, default="")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "listing", "n", "verb", "source", "target", "day", "at", "by", "words_sha256", "entry"), "internal"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listing", "n"], name="honours_step_number_once")]


class Look(models.Model):
    """What one person saw after the round: a second look by somebody of another group, or a re-visit after mending.

    `LookMarks` names the marks it was; it counts while they do (decision 0008)."""

    id = models.UUIDField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="looks")
    kind = models.CharField(max_length=8, choices=states.LookKind.choices())
    looker = models.UUIDField()
    still_poor = models.BooleanField()
    day = models.DateField()
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "listing", "kind", "looker", "day", "entry"), "internal") | {
        "still_poor": "personal"
    }

    class Meta:
        constraints = [
            known("honours_look_kind", "kind", states.LookKind),
        ]


class Notice(models.Model):
    """Evidence that the notice reached the household: by the slip's `serial`, or `people` who called on two days.

    That the household says it never came is a step of the entry; evidence that stood before stays as history."""

    id = models.UUIDField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="notices")
    evidence = models.CharField(max_length=16, choices=states.NoticeEvidence.choices())
    serial = models.CharField(max_length=26, default="")
    first_day = models.DateField()
    day = models.DateField()
    people = models.TextField(default="[]")
    phoned = models.BooleanField(default=False)
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(
        ("id", "listing", "evidence", "serial", "first_day", "day", "people", "phoned", "entry"), "internal"
    )

    class Meta:
        constraints = [known("honours_notice_evidence", "evidence", states.NoticeEvidence)]


class Objection(models.Model):
    """A household's objection: it freezes the entry at once; decided by people who did not rate, with reasons."""

    id = models.UUIDField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="objections")
    channel = models.CharField(max_length=8, choices=states.ObjectionChannel.choices())
    state = models.CharField(max_length=16, choices=states.ObjectionState.choices(), default="open")
    frozen_from = models.CharField(max_length=16)
    raised_on = models.DateField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    decided_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)

    privacy = dict.fromkeys(
        (
            "id",
            "listing",
            "channel",
            "frozen_from",
            "raised_on",
            "answer_by",
            "provisional",
            "decided_on",
            "decided_by",
        ),
        "internal",
    ) | {"state": "personal"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing"], condition=Q(state="open"), name="honours_one_open_objection"),
            known("honours_objection_channel", "channel", states.ObjectionChannel),
            known("honours_objection_state", "state", states.ObjectionState),
        ]


class Words(models.Model):
    """Erasable words of a step or objection: what the household said, the reasons, what to put right."""

    id = models.UUIDField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="words")
    step_n = models.BigIntegerField()
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "listing": "internal", "step_n": "internal", "text": "personal", "salt": "internal"}


class PasteTask(models.Model):
    """Paste 已整改 over a published sheet's entry after delisting; open until somebody says it is done."""

    id = models.UUIDField(primary_key=True)
    listing = models.OneToOneField(Listing, on_delete=models.PROTECT, related_name="paste_task")
    state = models.CharField(max_length=8, choices=states.PasteTaskState.choices(), default="open")
    since = models.DateField()
    done_on = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "listing", "state", "since", "done_on"), "internal")

    class Meta:
        constraints = [known("honours_paste_task_state", "state", states.PasteTaskState)]
