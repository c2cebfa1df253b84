"""What this room's refusals say."""

SENTENCES = {}
