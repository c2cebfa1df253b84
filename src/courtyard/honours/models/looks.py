"""From a look to the marks it was: second looks and re-visits are marks in rounds of their own (decision 0008)."""

from __future__ import annotations

from django.db import models

from courtyard.honours.models.listings import Look
from courtyard.inspections.models import Marks


class LookMarks(models.Model):
    """The marks a look was made with; looks from before decision 0008 have none."""

    id = models.UUIDField(primary_key=True)
    look = models.OneToOneField(Look, on_delete=models.PROTECT, related_name="link")
    marks = models.OneToOneField(Marks, on_delete=models.PROTECT, related_name="look")
    entry = models.UUIDField()

    grows = True
    privacy = dict.fromkeys(("id", "look", "marks", "entry"), "internal")
