"""The language of stories: Jinja's, with claims, and of it only what cannot loop or reach out.

Templates are parsed here and judged by their syntax tree; nothing is rendered. Without loops,
variables, attributes and macros a text takes time and space in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from landscape.dataset.story_functions import FILTERS, FUNCTIONS, Function, Parameter, Sort, Takes

MOST_CALLS = 500
CLAIMS = "claims"
"""Where the context of a rendering holds its ``Claims``; no text can name a variable."""

_MONTH = r"\d{4}-(?:0[1-9]|1[0-2])"
_PERIOD = re.compile(rf"({_MONTH})\.\.({_MONTH})|\d{{4}}(?:-Q[1-4])?|{_MONTH}")
_ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div)
_LARGEST_NUMBER = 1e12


class Claims(Protocol):
    """What a rendering does with its claims."""

    def keep(self, condition: object) -> str:
        """Take note of a claim's condition; return empty text."""

    def hold(self, line: int, caller: Callable[[], str]) -> str:
        """Return the sentence (of ``caller``, which keeps the condition first), or empty text."""


class ClaimExtension(Extension):
    """``{% claim condition %}sentence{% endclaim %}``."""

    tags = {"claim"}  # noqa: RUF012

    def parse(self, parser: Parser) -> nodes.Node:
        """Parse a claim: its condition is the first thing that its body evaluates."""
        line = next(parser.stream).lineno
        condition = parser.parse_expression()
        sentence = parser.parse_statements(("name:endclaim",), drop_needle=True)
        context = nodes.ContextReference()
        kept = nodes.Output([self.call_method("keep", [context, condition])])
        held = self.call_method("hold", [context, nodes.Const(line)])
        return nodes.CallBlock(held, [], [], [kept, *sentence]).set_lineno(line)

    def keep(self, context: Context, condition: object) -> str:
        """Pass a claim's condition on."""
        claims: Claims = context[CLAIMS]
        return claims.keep(condition)

    def hold(self, context: Context, line: int, caller: Callable[[], str]) -> str:
        """Pass a claim's sentence on."""
        claims: Claims = context[CLAIMS]
        return claims.hold(line, caller)


@dataclass(frozen=True)
class Problem:
    """What is wrong with a template, and where; ``code`` is a finding's."""

    line: int
    code: str
    value: str
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reference:
    """An id, or a figure's name, that a template names."""

    line: int
    takes: Takes
    value: str


@dataclass
class Reading:
    """What a template holds: problems, what it names, and its plain text with lines."""

    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    calls: int = 0


def read_template(text: str, first_line: int) -> Reading:
    """Parse a section's text and judge it; lines count from ``first_line``."""
    reading = Reading()
    try:
        tree = Environment(extensions=[ClaimExtension], autoescape=False).parse(  # noqa: S701
            "\n" * (first_line - 1) + text
        )
        for node in tree.body:
            _read_statement(node, reading)
    except TemplateSyntaxError as error:
        reading.problems.append(
            Problem(error.lineno, "template-syntax", "", {"problem": error.message})
        )
    except (RecursionError, ValueError, OverflowError, MemoryError):
        # Thousands of brackets, or a number of as many digits.
        problem = {"problem": "it is too deep or too long to be read"}
        reading.problems.append(Problem(first_line, "template-syntax", "", problem))
    if reading.calls > MOST_CALLS:
        words = {"limit": MOST_CALLS}
        reading.problems.append(Problem(first_line, "too-many-values", str(reading.calls), words))
    return reading


def _read_statement(node: nodes.Node, reading: Reading) -> None:
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                reading.texts.append((part.lineno, part.data))
            elif _infer(part, reading) == "truth":
                _refuse(part, reading, "a condition that is printed")
    elif isinstance(node, nodes.CallBlock) and _is_claim(node):
        kept, *sentence = node.body
        _read_condition(kept.nodes[0].args[1], reading)  # type: ignore[attr-defined]
        _read_all(sentence, reading)
    elif isinstance(node, nodes.If):
        _read_condition(node.test, reading)
        _read_all([*node.body, *node.elif_, *node.else_], reading)
    else:
        _refuse(node, reading)


def _read_all(statements: list[nodes.Node], reading: Reading) -> None:
    for node in statements:
        _read_statement(node, reading)


def _is_claim(node: nodes.CallBlock) -> bool:
    # Only the parser of claims makes this kind of call: it cannot be written out.
    return isinstance(node.call.node, nodes.ExtensionAttribute)


def _read_condition(node: nodes.Node, reading: Reading) -> None:
    if _infer(node, reading) not in ("truth", None):
        _refuse(node, reading, "a condition without a comparison")


def _refuse(node: nodes.Node, reading: Reading, what: str = "") -> None:
    shown = what or _NAMES.get(type(node).__name__, type(node).__name__.lower())
    reading.problems.append(Problem(node.lineno, "template-construct", shown))


_NAMES = {
    "For": "a loop (for)", "Assign": "a variable (set)", "AssignBlock": "a variable (set)",
    "Macro": "a macro", "Include": "include", "Import": "import", "FromImport": "import",
    "Extends": "extends", "Block": "a block", "FilterBlock": "a filter block",
    "Getattr": "an attribute (.)", "Getitem": "an item ([])", "Name": "a variable",
    "List": "a list", "Dict": "a mapping", "Tuple": "a list", "Pow": "a power (**)",
    "Mod": "a remainder (%)", "FloorDiv": "a whole division (//)", "Concat": "joining (~)",
    "CondExpr": "an if inside an expression", "Test": "a test (is)", "CallBlock": "a call block",
    "With": "a variable (with)", "Slice": "a slice",
}  # fmt: skip


def _infer(node: nodes.Node, reading: Reading) -> Sort | None:
    """Return what an expression is; None where that was a problem."""
    if isinstance(node, nodes.Const):
        return _infer_constant(node, reading)
    if isinstance(node, nodes.Call):
        return _infer_call(node, reading)
    if isinstance(node, nodes.Filter):
        return _infer_filter(node, reading)
    if isinstance(node, nodes.Compare):
        return _infer_comparison(node, reading)
    if isinstance(node, nodes.And | nodes.Or):
        _read_condition(node.left, reading)
        _read_condition(node.right, reading)
        return "truth"
    if isinstance(node, nodes.Not):
        _read_condition(node.node, reading)
        return "truth"
    if isinstance(node, _ARITHMETIC):
        return _expect_numbers([node.left, node.right], reading)
    if isinstance(node, nodes.Neg | nodes.Pos):
        return _expect_numbers([node.node], reading)
    _refuse(node, reading)
    return None


def _infer_constant(node: nodes.Const, reading: Reading) -> Sort | None:
    value = node.value
    if isinstance(value, bool) or value is None:
        _refuse(node, reading, f"the word {str(value).lower()}")
        return None
    if isinstance(value, str):
        return "text"
    if abs(value) > _LARGEST_NUMBER:
        _refuse(node, reading, "a number above a trillion")
        return None
    return "number"


def _expect_numbers(parts: list[nodes.Expr], reading: Reading) -> Sort | None:
    sorts = [_infer(part, reading) for part in parts]
    if None in sorts:
        return None
    if set(sorts) != {"number"}:
        _refuse(parts[0], reading, "arithmetic with what is no number")
        return None
    return "number"


def _infer_comparison(node: nodes.Compare, reading: Reading) -> Sort | None:
    sorts = {_infer(node.expr, reading)}
    for operand in node.ops:
        if operand.op in ("in", "notin"):
            _refuse(node, reading, "in")
            return None
        sorts.add(_infer(operand.expr, reading))
    if None in sorts:
        return None
    if sorts not in ({"number"}, {"text"}):
        _refuse(node, reading, "a comparison of a number with a text")
        return None
    return "truth"


def _infer_filter(node: nodes.Filter, reading: Reading) -> Sort | None:
    reading.calls += 1
    if node.node is None or node.name not in FILTERS:
        reading.problems.append(Problem(node.lineno, "unknown-function", f"|{node.name}"))
        return None
    fits = not node.args or (
        FILTERS[node.name]
        and len(node.args) == 1
        and isinstance(node.args[0], nodes.Const)
        and node.args[0].value in range(7)
    )
    if not fits or node.kwargs or node.dyn_args or node.dyn_kwargs:
        _report_arguments(node, f"|{node.name}", "", reading)
        return None
    return _expect_numbers([node.node], reading)


def _infer_call(node: nodes.Call, reading: Reading) -> Sort | None:
    reading.calls += 1
    called = node.node
    if not isinstance(called, nodes.Name):
        _infer(called, reading)
        return None
    function = FUNCTIONS.get(called.name)
    if function is None:
        reading.problems.append(Problem(node.lineno, "unknown-function", called.name))
        return None
    if node.dyn_args or node.dyn_kwargs:
        _report_arguments(node, function.name, "* and ** do not exist here", reading)
        return None
    problem = _bind(node, function, reading)
    if problem:
        _report_arguments(node, function.name, problem, reading)
    return function.returns


def _bind(node: nodes.Call, function: Function, reading: Reading) -> str:
    """Read the arguments; return what is wrong with them, empty where nothing is."""
    parameters = {parameter.name: parameter for parameter in function.parameters}
    given: dict[str, nodes.Expr] = {}
    for position, argument in enumerate(node.args):
        if position >= len(function.parameters):
            if not function.is_variadic:
                return f"it takes at most {len(function.parameters)}"
            problem = _read_argument(function.parameters[-1], argument, reading)
            if problem:
                return problem
            continue
        given[function.parameters[position].name] = argument
    for keyword in node.kwargs:
        if keyword.key not in parameters or keyword.key in given:
            return f"{keyword.key}= is not known, or given twice"
        given[keyword.key] = keyword.value
    missing = [
        name for name, item in parameters.items() if not item.is_optional and name not in given
    ]
    if missing:
        return f"{missing[0]} is missing"
    problems = [_read_argument(parameters[name], value, reading) for name, value in given.items()]
    return next(filter(None, problems), "")


def _read_argument(parameter: Parameter, node: nodes.Expr, reading: Reading) -> str:
    takes = parameter.takes
    if takes == "number":
        return "" if _infer(node, reading) in ("number", None) else "it takes numbers"
    if not isinstance(node, nodes.Const):
        return f"{parameter.name} must be written out, not computed"
    value = node.value
    if takes == "flag":
        return "" if isinstance(value, bool) else f"{parameter.name} is True or False"
    if takes == "place":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 100
        return "" if fits else f"{parameter.name} is a number from 1 to 100"
    if takes == "period":
        fits = not isinstance(value, bool) and is_period(str(value))
        return "" if fits else f"{value!r} is no period such as '2025-04' or '2025-01..2025-04'"
    if not isinstance(value, str):
        return f"{parameter.name} is an id in quotes"
    reading.references.append(Reference(node.lineno, takes, value))
    return ""


def _report_arguments(node: nodes.Node, name: str, problem: str, reading: Reading) -> None:
    words = {"problem": problem or "it takes a number of decimals from 0 to 6, or nothing"}
    reading.problems.append(Problem(node.lineno, "wrong-arguments", name, words))


def is_period(text: str) -> bool:
    """Whether the text is a month, quarter, year or span of months, as stories name them."""
    match = _PERIOD.fullmatch(text)
    return match is not None and (match[1] is None or match[1] <= match[2])
