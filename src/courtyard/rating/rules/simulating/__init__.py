"""A scheme's year before it is lived: homes drawn by a seed, every rule the engine's own (docs/how-to/simulate-a-scheme.md)."""

from courtyard.rating.rules.simulating.figures import (
    Black,
    Figure,
    Reward,
    Simulated,
    simulate,
    unfit,
    unknown_deed,
    year_cost,
)
from courtyard.rating.rules.simulating.fitting import Fitted, Shopping, could_shop, fit
from courtyard.rating.rules.simulating.model import LIVED_IN, Model, read_model, write_model

__all__ = [
    "LIVED_IN", "Black", "Figure", "Fitted", "Model", "Reward", "Shopping", "Simulated", "could_shop", "fit", "read_model",
    "simulate", "unfit", "unknown_deed", "write_model", "year_cost",
]  # fmt: skip
