"""Courtyard 庭院: a township's household-hygiene card programme."""
