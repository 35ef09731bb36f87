"""What a strategy can begin with: a preset for each type of business, shown before it is applied, and taken back after."""

from strategies.presets.applying import apply
from strategies.presets.catalog import PRESETS, Preset, PresetGoal
from strategies.presets.contents import Line, Part, Section, Standing, Status, contents, digest, missing_platforms
from strategies.presets.taking_back import Back, take_back

__all__ = [
    "PRESETS",
    "Back",
    "Line",
    "Part",
    "Preset",
    "PresetGoal",
    "Section",
    "Standing",
    "Status",
    "apply",
    "contents",
    "digest",
    "missing_platforms",
    "take_back",
]
