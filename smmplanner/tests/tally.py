"""What fuzzers asked and what they were answered, told at the end of a run, also where several processes asked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field

NAME = "asked"


@dataclass
class Tally:
    of: str
    requests: int = 0
    forms: int = 0
    foreign: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def note(self, status: int) -> None:
        self.requests += 1
        self.answers[str(status)] += 1

    def property(self) -> tuple[str, dict[str, object]]:
        """As a report carries it from one process to another."""
        return NAME, {**asdict(self), "answers": dict(self.answers)}

    def add(self, told: dict[str, object]) -> None:
        self.requests += told["requests"]
        self.forms += told["forms"]
        self.foreign += told["foreign"]
        self.answers.update(told["answers"])

    def __str__(self) -> str:
        broken = sum(count for status, count in self.answers.items() if status >= "500")
        answers = ", ".join(f"{status} {count:,}" for status, count in sorted(self.answers.items()))
        forms = f" of {self.forms:,} forms" if self.forms else ""
        return f"asked ({self.of}): {self.requests:,} requests{forms}; answers {answers}; 5xx {broken}; foreign {self.foreign}"


def told_by(reports: Iterable) -> Iterator[Tally]:
    """One for each kind of what was asked, and one for everything."""
    sums: dict[str, Tally] = {}
    for report in reports:
        for name, told in getattr(report, "user_properties", ()):
            if name == NAME and report.when == "teardown":
                for of in (told["of"], "together"):
                    sums.setdefault(of, Tally(of)).add(told)
    if sums:
        yield from (sums[of] for of in sorted(sums, key=lambda of: (of == "together", of)))
