"""What a strategy can begin with: a preset for each type of business, shown before it is applied, and taken back after."""

from strategies.presets.applying import apply
from strategies.presets.catalog import PRESETS, USUAL_NUMBERS, Preset, PresetGoal, PresetPillar
from strategies.presets.contents import Line, Part, Section, Standing, Status, contents, digest, missing_platforms
from strategies.presets.ideas import ideas_of
from strategies.presets.taking_back import Back, take_back

__all__ = [
    "PRESETS",
    "USUAL_NUMBERS",
    "Back",
    "Line",
    "Part",
    "Preset",
    "PresetGoal",
    "PresetPillar",
    "Section",
    "Standing",
    "Status",
    "apply",
    "contents",
    "digest",
    "ideas_of",
    "missing_platforms",
    "take_back",
]
