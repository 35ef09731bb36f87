"""The wizard, declared."""

from strategies.gates import Missing, register_gate

__all__ = ["Missing", "register_gate"]
