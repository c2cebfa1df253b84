"""Constraints that more than one room's tables carry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from courtyard.kernel.choices import Choice


def known(name: str, field: str, choice: type[Choice]) -> models.CheckConstraint:
    """That a column holds one of an enumeration's codes; the constraint is called `<name>_known`."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choice.codes()}), name=f"{name}_known")
