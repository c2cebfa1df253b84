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
from courtyard.rating.rules.simulating.model import Model, read_model, write_model

__all__ = [
    "Black", "Figure", "Model", "Reward", "Simulated", "read_model", "simulate", "unfit", "unknown_deed", "write_model", "year_cost",
]  # fmt: skip
