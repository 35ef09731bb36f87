"""How the document is cut: a chapter for each stage, a section for each thing that can be filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from strategies.models import Stage


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a chapter. `needs` names what it is written from: where all of that is empty, it is left out."""

    name: str
    title: str | Promise
    needs: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return self.name.replace("_", "-")

    @property
    def template(self) -> str:
        return f"metrics/_document_{self.name}.html"


@dataclass(frozen=True, slots=True)
class Chapter:
    stage: Stage
    sections: tuple[Section, ...]
    empty: tuple[Section, ...]

    @classmethod
    def of(cls, stage: Stage, sections: Sequence[Section], said: Mapping[str, Any]) -> "Chapter":
        filled = tuple(section for section in sections if any(said.get(name) for name in section.needs))
        return cls(stage, filled, tuple(section for section in sections if section not in filled))

    @property
    def number(self) -> int:
        return self.stage.number

    @property
    def anchor(self) -> str:
        return f"stage-{self.stage.value}"

    @property
    def title(self) -> str:
        return str(self.stage.label)

    @property
    def missing(self) -> str:
        """The titles of what nobody has filled in yet, in one line."""
        return ", ".join(str(section.title) for section in self.empty)
