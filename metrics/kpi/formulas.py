"""Formulas written as text: parsed once, worked out exactly, printed in words and with numbers.

A formula holds four operations, unary minus, brackets, decimal numbers and the names of measures. The text goes through
Python's syntax tree and is never run; anything else is refused when the formula is built.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from operator import itemgetter

from .measures import spoken
from .results import Figures, Problem, Result, numbers

LONGEST_TEXT = 500
DEEPEST_TREE = 40
NO_FIGURE = "—"

_ALLOWED_CHARACTERS = re.compile(r"[A-Za-z0-9_ .()+*/-]+", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_CONSTANT = re.compile(r"\d+(\.\d+)?", re.ASCII)
_OPERATIONS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_PRINTED = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_DIVISION = Context(prec=28)

Pair = tuple[int, int]
"""A number as a fraction, not necessarily reduced."""

NumberFormat = Callable[[Decimal], str]
"""How a page writes a number for its reader."""


def plain(number: Decimal) -> str:
    """The number as it is, with a proper minus."""
    return f"{number:f}".replace("-", "−")


class FormulaError(ValueError):
    """The text is not a formula; the message says what was refused."""


@dataclass(frozen=True, slots=True)
class _Constant:
    text: str


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Minus:
    operand: _Node


@dataclass(frozen=True, slots=True)
class _Operation:
    sign: str
    left: _Node
    right: _Node


_Node = _Constant | _Name | _Minus | _Operation


class _ZeroDenominator(Exception):
    """Carries the denominator that came out as zero."""

    def __init__(self, denominator: _Node) -> None:
        self.denominator = denominator


@dataclass(frozen=True, slots=True)
class StackedFraction:
    """A formula as a page draws it: `top` over `bottom`, times `factor` (None where there is none)."""

    top: Formula
    bottom: Formula
    factor: Formula | None


@dataclass(frozen=True)
class Formula:
    """An arithmetic formula over named figures. Raises FormulaError when built from anything else."""

    text: str
    _tree: _Node = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tree", _parse(self.text))

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The names in the formula, each once, in the order of first appearance."""
        return _inputs(self._tree)

    @cached_property
    def fraction(self) -> StackedFraction | None:
        """The formula as a fraction, where it is one: `top / bottom` or `top / bottom * factor`."""
        match self._tree:
            case _Operation("/", top, bottom):
                return StackedFraction(_formula(top), _formula(bottom), None)
            case _Operation("*", _Operation("/", top, bottom), factor):
                return StackedFraction(_formula(top), _formula(bottom), _formula(factor))
        return None

    @cached_property
    def of_pairs(self) -> Callable[[Mapping[str, Pair]], Pair]:
        """Works the exact value out from figures that are all known, as pairs of whole numbers.

        The same arithmetic as `evaluate`, for whoever works out many: the pair is not reduced, and its bottom is zero where
        a denominator was.
        """
        return _compiled(self._tree)

    def evaluate(self, figures: Figures) -> Result:
        """The exact value of the formula.

        Missing figures are reported before a zero denominator. Raises NotANumber for a figure that is no number.
        """
        known = numbers(figures, self.inputs)
        missing = [name for name, figure in known.items() if figure is None]
        if missing:
            return Result.refused(Problem.MISSING, *missing)
        try:
            return Result(_value(self._tree, {name: figure for name, figure in known.items() if figure is not None}))
        except _ZeroDenominator as zero:
            return Result.refused(Problem.ZERO_DENOMINATOR, *_inputs(zero.denominator))

    def in_words(self, language: str | None = "en") -> str:
        """The formula with the labels of its measures: "interactions ÷ reach × 100"."""
        return _print(self._tree, lambda name: spoken(name, language), str, _PRINTED)

    def with_numbers(self, figures: Figures, formatter: NumberFormat | None = None) -> str:
        """The formula with figures in place of names: "390 ÷ 8000 × 100". A missing figure is a dash."""
        known = numbers(figures, self.inputs)
        written = formatter or plain
        return _print(
            self._tree,
            lambda name: _figure(known[name], written),
            lambda constant: written(Decimal(constant)),
            _PRINTED,
        )

    def __str__(self) -> str:
        return self.text


def _formula(node: _Node) -> Formula:
    return Formula(_print(node, str, str, {sign: sign for sign in _RANK}))


def _parse(text: str) -> _Node:
    if len(text) > LONGEST_TEXT:
        raise FormulaError(f"A formula has at most {LONGEST_TEXT} characters, not {len(text)}.")
    if not _ALLOWED_CHARACTERS.fullmatch(text):
        raise FormulaError(f"“{text}” holds something that is not arithmetic.")
    try:
        body = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormulaError(f"“{text}” is not a formula.") from None
    return _node(body, text.strip(), DEEPEST_TREE)


def _node(node: ast.expr, text: str, depth: int) -> _Node:
    """Our own small tree from Python's; what has no place in it is refused."""
    if depth == 0:
        raise FormulaError("The formula is nested too deeply.")
    match node:
        case ast.Name(id=name) if _NAME.fullmatch(name):
            return _Name(name)
        case ast.Constant():
            return _constant(ast.get_source_segment(text, node) or "")
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _Minus(_node(operand, text, depth - 1))
        case ast.BinOp(left=left, op=operation, right=right) if type(operation) in _OPERATIONS:
            sign = _OPERATIONS[type(operation)]
            return _Operation(sign, _node(left, text, depth - 1), _node(right, text, depth - 1))
    raise FormulaError(f"“{text}” uses {type(node).__name__}, which is not arithmetic.")


def _constant(source: str) -> _Constant:
    """A number as it was written: Python's own reading of `0.1` would not be exact."""
    if not _CONSTANT.fullmatch(source):
        raise FormulaError(f"“{source}” is not a plain decimal number.")
    return _Constant(source)


def _names(node: _Node) -> Iterator[str]:
    match node:
        case _Name(name):
            yield name
        case _Minus(operand):
            yield from _names(operand)
        case _Operation(_, left, right):
            yield from _names(left)
            yield from _names(right)


def _inputs(node: _Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_names(node)))


def _value(node: _Node, figures: Mapping[str, Fraction]) -> Fraction:
    match node:
        case _Constant(text):
            return Fraction(text)
        case _Name(name):
            return figures[name]
        case _Minus(operand):
            return -_value(operand, figures)
        case _Operation(sign, left, right):
            return _operate(sign, _value(left, figures), _value(right, figures), right)


def _operate(sign: str, left: Fraction, right: Fraction, denominator: _Node) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0:
        raise _ZeroDenominator(denominator)
    return left / right


def _compiled(node: _Node) -> Callable[[Mapping[str, Pair]], Pair]:
    """A function that works the tree out on pairs (top, bottom). A bottom of zero, once there, stays to the end."""
    match node:
        case _Constant(text):
            constant = Fraction(text).as_integer_ratio()
            return lambda _figures: constant
        case _Name(name):
            return itemgetter(name)
        case _Minus(operand):
            inner = _compiled(operand)
            return lambda figures: _negative(inner(figures))
        case _Operation(sign, left, right):
            before, after, operate = _compiled(left), _compiled(right), _ON_PAIRS[sign]
            return lambda figures: operate(before(figures), after(figures))


def _negative(pair: Pair) -> Pair:
    return -pair[0], pair[1]


def _plus(left: Pair, right: Pair) -> Pair:
    if left[1] == right[1]:
        return left[0] + right[0], left[1]
    return left[0] * right[1] + right[0] * left[1], left[1] * right[1]


def _minus(left: Pair, right: Pair) -> Pair:
    return _plus(left, _negative(right))


def _times(left: Pair, right: Pair) -> Pair:
    return left[0] * right[0], left[1] * right[1]


def _divided(left: Pair, right: Pair) -> Pair:
    # Dividing by something over zero would make a number of it again.
    return left[0] * right[1], left[1] * right[0] if right[1] else 0


_ON_PAIRS: dict[str, Callable[[Pair, Pair], Pair]] = {"+": _plus, "-": _minus, "*": _times, "/": _divided}


def _print(node: _Node, name_text: Callable[[str], str], constant_text: Callable[[str], str], signs: Mapping[str, str]) -> str:
    """The tree as text, with no more brackets than its meaning needs."""

    def text(part: _Node) -> str:
        return _print(part, name_text, constant_text, signs)

    match node:
        case _Constant(constant):
            return constant_text(constant)
        case _Name(name):
            return name_text(name)
        case _Minus(operand):
            return signs["-"] + _bracket(text(operand), _rank(operand) == 1)
        case _Operation(sign, left, right):
            before = _bracket(text(left), _rank(left) < _RANK[sign], leading=True)
            loose = _rank(right) < _RANK[sign] or (_rank(right) == _RANK[sign] and sign in "-/")
            return f"{before} {signs[sign]} {_bracket(text(right), loose)}"


def _rank(node: _Node) -> int:
    """How tightly a part holds together by itself: 1 for a sum, 2 for a product, 3 for a single thing."""
    return _RANK[node.sign] if isinstance(node, _Operation) else 3


def _bracket(text: str, loose: bool, *, leading: bool = False) -> str:
    """Brackets where the part is looser than what surrounds it, and around a minus that follows another sign."""
    signed = text.startswith(("-", "−")) and not leading
    return f"({text})" if loose or signed else text


def _figure(figure: Fraction | None, formatter: NumberFormat) -> str:
    if figure is None:
        return NO_FIGURE
    return formatter(_DIVISION.divide(Decimal(figure.numerator), Decimal(figure.denominator)))
