"""Help tasks: which home is owed help, why, until when, who helped; a helper's name in words can be erased."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.honours.models.listings import Listing
from courtyard.honours.rules import help as rules
from courtyard.honours.rules.states import ObjectionChannel
from courtyard.households.models import Household
from courtyard.inspections.models import Visit
from courtyard.people.models import Account
from courtyard.places.models import Place
from courtyard.records.checks import known

OWED_STATES = [state.value for state in rules.OWED]


class HelpTask(models.Model):
    """A home is owed help since a day: on the care list and poor, or it said 我一个人弄不动 (`channel` says how).

    One that is owed at a time. `visit` is where it was seen what there is to do, `listing` the entry it concerns.
    Whether it is late is read from `due` (D12); a late task is still owed."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="help_tasks")
    group = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, null=True, on_delete=models.PROTECT, related_name="help_tasks")
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="help_tasks")
    why = models.CharField(max_length=8, choices=rules.HelpWhy.choices())
    channel = models.CharField(max_length=8, choices=ObjectionChannel.choices(), default="")
    state = models.CharField(max_length=8, choices=rules.HelpState.choices(), default="open")
    since = models.DateField()
    due = models.DateField()
    provisional = models.BooleanField(default=False)
    helper_kind = models.CharField(max_length=16, choices=rules.HelperKind.choices(), default="")
    helper_household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="helped_with")
    helper_account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+")
    words_sha256 = models.CharField(max_length=64, default="")
    taken_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=8, choices=rules.EndedBy.choices(), default="")
    by = models.UUIDField()

    privacy = dict.fromkeys(
        ("id", "household", "group", "village", "listing", "visit", "channel", "since", "due", "provisional")
        + ("helper_kind", "helper_household", "helper_account", "words_sha256", "taken_on", "done_on", "ended_on")
        + ("ended_by", "by"),
        "internal",
    ) | {"why": "personal", "state": "personal"}

    class Meta:
        indexes = [models.Index(fields=["village", "state"], name="honours_help_board")]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(state__in=OWED_STATES), name="honours_one_help_owed"
            ),
            known("honours_help_why", "why", rules.HelpWhy),
            known("honours_help_state", "state", rules.HelpState),
            models.CheckConstraint(
                condition=Q(channel="") | Q(channel__in=ObjectionChannel.codes()), name="honours_help_channel"
            ),
            models.CheckConstraint(
                condition=Q(helper_kind="") | Q(helper_kind__in=rules.HelperKind.codes()), name="honours_helper_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_by="") | Q(ended_by__in=rules.EndedBy.codes()), name="honours_help_ended_by"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(state="ended") | ~Q(helper_kind=""), name="honours_help_has_a_helper"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="honours_done_help_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(helper_household=None) | ~Q(helper_household=models.F("household")),
                name="honours_nobody_helps_at_home",
            ),
        ]


class HelpWords(models.Model):
    """Who helped, in words, where it is neither a household nor an account; can be erased (D10)."""

    id = models.UUIDField(primary_key=True)
    task = models.OneToOneField(HelpTask, on_delete=models.PROTECT, related_name="words")
    text = models.TextField()
    salt = models.BinaryField()

    privacy = {"id": "internal", "task": "internal", "text": "personal", "salt": "internal"}
