"""Accounts of people with a duty, their duties at places, and the operator's terminal."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from courtyard.kernel.actors import DutyKind
from courtyard.places.models import Place
from courtyard.records.checks import known


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by log-in name; it makes none (people.actions does)."""


class Account(AbstractBaseUser):
    """A person with a duty, or the operator's terminal (no password). Householders have none: card and PIN."""

    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    is_active = models.BooleanField(default=True)
    terminal = models.BooleanField(default=False)
    last_login = None

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    privacy = {
        **dict.fromkeys(("id", "is_active", "terminal"), "internal"),
        **dict.fromkeys(("username", "name"), "personal"),
        "password": "secret",
    }


class Duty(models.Model):
    """A duty at a place from a day, until a day."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=16, choices=DutyKind.choices())
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True)

    privacy = dict.fromkeys(("id", "account", "kind", "place", "since", "until"), "internal")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "place"], condition=models.Q(until=None), name="people_duty_once"
            ),
            known("people_duty_kind", "kind", DutyKind),
        ]
