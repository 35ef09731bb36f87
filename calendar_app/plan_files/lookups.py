"""What a brand has, under the names that files use: channels, strategies, goals, pillars, campaigns, people."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from brands.models import Brand, Channel
from calendar_app.models import Campaign
from calendar_app.plan_files.said import Note, Refused, Said
from strategies.models import Goal, Pillar


class Lookups:
    """Each table is asked once, and only if a file names something of it."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand

    @cached_property
    def channels(self) -> list[Channel]:
        return list(self.brand.channels.select_related("platform"))

    @cached_property
    def active(self) -> list[Channel]:
        return [channel for channel in self.channels if channel.is_active]

    @cached_property
    def by_account(self) -> dict[tuple[str, str], Channel]:
        return {(channel.platform.slug, channel.handle.removeprefix("@").lower()): channel for channel in self.channels}

    @cached_property
    def by_name(self) -> dict[str, Channel]:
        return {str(channel).lower(): channel for channel in self.channels}

    @cached_property
    def by_network(self) -> dict[str, list[Channel]]:
        found = defaultdict(list)
        for channel in self.active:
            found[channel.platform.slug].append(channel)
        return found

    def missing(self, said: Iterable[Said]) -> dict[str, str]:
        """The networks that rows name and the brand has no channel on, each with the account where one is named."""
        found: dict[str, str] = {}
        for row in said:
            for slug in row.platforms:
                if slug not in self.by_network:
                    found[slug] = found.get(slug) or row.account[:60]
        return found

    @cached_property
    def strategies(self) -> dict[str, list[int]]:
        return self._named(self.brand.strategies.order_by("-start", "-pk").values_list("name", "pk"))

    @cached_property
    def campaigns(self) -> dict[str, list[int]]:
        return self._named(Campaign.objects.filter(brand=self.brand).order_by("-start", "-pk").values_list("name", "pk"))

    @cached_property
    def people(self) -> dict[str, list[int]]:
        return {email.lower(): [pk] for email, pk in self.brand.memberships.values_list("user__email", "user")}

    @cached_property
    def pillars(self) -> list[tuple[str, int, int]]:
        rows = Pillar.objects.filter(strategy__brand=self.brand).order_by("-strategy__start", "-pk")
        return list(rows.values_list("name", "strategy", "pk"))

    @cached_property
    def goals(self) -> list[tuple[str, int, int]]:
        rows = Goal.objects.filter(strategy__brand=self.brand).order_by("-strategy__start", "-pk")
        return list(rows.values_list("text", "strategy", "pk"))

    @cached_property
    def parts(self) -> dict[str, dict[tuple[str, int | None], list[int]]]:
        """Pillars and goals by their words, within each strategy and (None) in any."""
        found: dict[str, dict] = {"pillar": defaultdict(list), "goal": defaultdict(list)}
        for kind, rows in (("pillar", self.pillars), ("goal", self.goals)):
            for words, strategy, pk in rows:
                found[kind][words.strip(), strategy].append(pk)
                found[kind][words.strip(), None].append(pk)
        return found

    def named_channels(self, said: Said, networks: dict[str, int], chosen: list[Channel]) -> list[Channel]:
        """The channels a row goes to. Refused where it names only such as the brand does not have."""
        if said.without_channel:
            return []
        if said.account:
            channel = self.by_account.get((said.platforms[0], said.account.lower())) if said.platforms else None
            if channel is None:
                raise Refused("unknown_channel", said=f"{said.platforms[0] if said.platforms else ''} @{said.account}"[:80])
            return [channel]
        if said.platforms:
            return self._of_networks(said, networks)
        if said.channel_name and (channel := self.by_name.get(said.channel_name.lower())):
            return [channel]
        if not chosen:
            raise Refused("no_channel")
        return chosen

    def _of_networks(self, said: Said, networks: dict[str, int]) -> list[Channel]:
        found = []
        for slug in said.platforms:
            offered = self.by_network.get(slug, [])
            channel = next((row for row in offered if row.pk == networks.get(slug)), offered[0] if len(offered) == 1 else None)
            if channel:
                found.append(channel)
            else:
                said.notes.append(Note("unknown_channel", {"said": slug}))
        if not found:
            raise Refused("unknown_channel", said=", ".join(said.platforms))
        return found

    def keys(self, said: Said) -> dict[str, int | None]:
        """What the row names beside its channel, as keys; a name that nothing has here becomes a note."""
        found: dict[str, int | None] = {}
        if name := said.names.get("strategy"):
            found["strategy_id"] = self._one(said, "strategy", name, self.strategies.get(name, []))
        for kind in ("pillar", "goal"):
            if name := said.names.get(kind):
                found[f"{kind}_id"] = self._one(said, kind, name, self.parts[kind].get((name, found.get("strategy_id")), []))
        if name := said.names.get("campaign"):
            found["campaign_id"] = self._one(said, "campaign", name, self.campaigns.get(name, []))
        if name := said.names.get("owner"):
            found["owner_id"] = self._one(said, "owner", name, self.people.get(name.lower(), []))
        return found

    def _one(self, said: Said, column: str, name: str, found: list[int]) -> int | None:
        if not found:
            said.notes.append(Note("unknown_name", {"column": column, "said": name[:80]}))
            return None
        if len(found) > 1 and column in ("strategy", "campaign"):
            said.notes.append(Note("several", {"column": column, "said": name[:80]}))
        return found[0]

    @staticmethod
    def _named(rows) -> dict[str, list[int]]:
        found = defaultdict(list)
        for name, pk in rows:
            found[name.strip()].append(pk)
        return found
