"""What this room's refusals say."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {}
