"""The rules of places: what a place may be called, the holiday table, the complaint line. Pure functions, one subject a file."""

from courtyard.places.rules.standing import ABOVE, PlaceKind, unfit_place

__all__ = ["ABOVE", "PlaceKind", "unfit_place"]
