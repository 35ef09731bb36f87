"""Who is reached: personas against the channels of the strategy. Works on rows that were read already."""

from dataclasses import dataclass

from strategies.models import Persona, Strategy, StrategyChannel


@dataclass(frozen=True)
class Reached:
    """A persona, and for each channel of the strategy whether she is active there."""

    persona: Persona
    cells: list[tuple[StrategyChannel, bool]]

    @property
    def by_none(self) -> bool:
        return not any(is_active for _channel, is_active in self.cells)


def matrix(strategy: Strategy) -> list[Reached]:
    channels = list(strategy.strategy_channels.all())
    rows = []
    for persona in strategy.personas.all():
        active = {platform.pk for platform in persona.platforms.all()}
        rows.append(Reached(persona, [(row, row.channel.platform_id in active) for row in channels]))
    return rows


def unused_channels(strategy: Strategy) -> list[StrategyChannel]:
    """Channels on a platform where no persona is active (MIST-07)."""
    active = {platform.pk for persona in strategy.personas.all() for platform in persona.platforms.all()}
    return [row for row in strategy.strategy_channels.all() if row.channel.platform_id not in active]
