"""A picture while it is traced: what is taken from it, and what is left over at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from tests.traceability.drawings import Drawing, Line, Scale, Text, fit_scale
from tests.traceability.records import Series
from tests.traceability.series import number_period
from tests.traceability.tokens import (
    Reader,
    Shown,
    Token,
    describe,
    find_strangers,
    is_number,
    is_token,
    spell,
)

TITLE_SIZE = 21
NEUTRAL_WIDTH = 1.75
"""Lines of data are wider than those of axes and labels."""


class Sheet:
    """Texts are taken from it one by one; those with numbers that nobody took are reported."""

    def __init__(self, drawing: Drawing, reader: Reader) -> None:
        self.drawing = drawing
        self.reader = reader
        self.left = list(drawing.texts)
        self.wrong: list[str] = []

    def read(self, text: Text) -> list[str]:
        return self.reader.read_named(text.text)

    def take(self, wanted: Callable[[Text], bool]) -> list[Text]:
        taken = [text for text in self.left if wanted(text)]
        self.left = [text for text in self.left if not wanted(text)]
        return taken

    def expect(self, told: object, expected: object, what: str) -> None:
        if told != expected:
            self.wrong.append(f"{what}: {told}, not {expected}")

    def expect_tokens(self, text: Text, expected: Iterable[Token], what: str = "") -> None:
        tokens, wanted = self.read(text), spell(expected)
        if len(tokens) != len(wanted) or not all(map(is_token, wanted, tokens)):
            self.wrong.append(f"{what}{text.text!r} tells {tokens}, not {describe(wanted)}")

    def expect_near(self, told: float, expected: float, tolerance: float, what: str) -> None:
        if abs(told - expected) > tolerance:
            self.wrong.append(f"{what}: drawn at {told:.2f}, not {expected:.2f}")

    def finish(self, facts: Iterable[Token], notes: Iterable[Token] = ()) -> list[str]:
        """Report every number of what is left (title, subtitle, footnote) that is no fact.

        The footnote may tell ``notes`` and nothing else, each once: vintages, and what is missing.
        Whom the title names must be among the facts too.
        """
        known = spell(facts)
        written = "".join(text.text for text in self.take(lambda t: t.size == TITLE_SIZE))
        if written and squeeze(written) != squeeze(self.drawing.title):
            self.wrong.append(f"the picture is called {self.drawing.title!r}, and says {written!r}")
        for text in self.left:
            if not self._is_note(text):
                self._check(text.text, known, ignored="@#")
        self._check(self.drawing.title, known)
        below = [token for t in self.left if self._is_note(t) for token in self.read(t)]
        strangers = find_strangers((t for t in below if t[0] not in "@#"), notes)
        self.wrong += [f"the footnote tells {token}, which is no fact" for token in strangers]
        return self.wrong

    def _is_note(self, text: Text) -> bool:
        lowest = max(other.y for other in self.drawing.texts)
        return text.x < 30 and text.size <= 12 and lowest - text.y < 60

    def _check(self, text: str, known: list[Token], ignored: str = "") -> None:
        for token in self.reader.read_named(text):
            if token[0] not in ignored and not any(is_token(fact, token) for fact in known):
                self.wrong.append(f"{text!r} tells {token}, which is no fact of this picture")

    def expect_title(self, choices: Iterable[Iterable[Token]]) -> None:
        """The title tells exactly the tokens of one of the choices, in any order."""
        tokens = self.reader.read_named(self.drawing.title)
        if not any(is_same_set(tokens, list(choice)) for choice in choices):
            self.wrong.append(f"the title {self.drawing.title!r} tells {tokens}")

    # Axes

    def take_scale(self, wanted: Callable[[Text], bool], axis: str) -> Scale | None:
        """Take the labels of an axis of values; ``axis`` is x or y."""
        labels = [t for t in self.left if wanted(t) and is_label(self.read(t))]
        places: dict[float, list[Text]] = {}
        for text in labels:
            places.setdefault(text.x if axis == "y" else text.y, []).append(text)
        if not places:
            self.wrong.append(f"no {axis} axis")
            return None
        axis_labels = max(places.values(), key=len)
        self.take(lambda text: text in axis_labels)
        # The base of a label stands a third of its height below its place.
        pairs = [
            (t.y - 4 if axis == "y" else t.x, read_value(self.read(t)[0])) for t in axis_labels
        ]
        return fit_scale(pairs, self.wrong, axis)

    def take_times(self, wanted: Callable[[Text], bool], example: str) -> Scale | None:
        """Take the labels of an axis of months, quarters or years: places to their numbers.

        A year stands for its January where the periods are months like the example.
        """
        suffix = "-01" if len(example) == 7 and "Q" not in example else ""
        rows: dict[float, list[Text]] = {}
        for text in self.left:
            if text.anchor == "middle" and wanted(text) and is_period(text.text):
                rows.setdefault(text.y, []).append(text)
        if not rows:
            self.wrong.append("no axis of time")
            return None
        labels = max(rows.values(), key=len)
        self.take(lambda text: text in labels)
        pairs = [
            (t.x, float(number_period(t.text + (suffix if len(t.text) == 4 else ""))))
            for t in labels
        ]
        return fit_scale(pairs, self.wrong, "time")


def squeeze(text: str) -> str:
    """The text without blanks: lines are broken anywhere in Chinese."""
    return "".join(text.split())


def is_same_set(tokens: list[str], expected: list[Token]) -> bool:
    rest = list(tokens)
    for wanted in expected:
        found = next((token for token in rest if is_token(wanted, token)), None)
        if found is None:
            return False
        rest.remove(found)
    return not rest


def is_label(tokens: list[str]) -> bool:
    return len(tokens) == 1 and is_number(tokens[0]) and not is_period(tokens[0])


def is_period(text: str) -> bool:
    return (len(text) == 7 and text[4] == "-") or (len(text) == 4 and text.isdigit())


def read_value(token: str) -> float:
    body = token.rstrip("% ").replace(",", "").replace("+", "").replace("−", "-")
    return float(body)


def trace_lines(
    sheet: Sheet,
    series: Mapping[str, Series],
    find_owner: Callable[[list[str]], str | None],
    breaks: Callable[[str, str, str], bool],
    wanted: Callable[[Text], bool] = lambda _: True,
) -> None:
    """Read every line back from its places, and compare it with the series of its label.

    ``find_owner``: from a label's tokens to the series' key; ``breaks``: whether the line of a
    key may not go from one period to the next one that is known.
    """
    times = sheet.take_times(wanted, next(iter(next(iter(series.values())))))
    scale = sheet.take_scale(lambda t: wanted(t) and t.anchor == "end" and not t.bold, "y")
    if times is None or scale is None:
        return
    owners: dict[str, str] = {}
    for label in sheet.take(
        lambda t: wanted(t) and t.bold and t.size <= 13 and bool(sheet.read(t))
    ):
        owner = find_owner(sheet.read(label))
        if owner is None or owner not in series:
            sheet.wrong.append(f"the label {label.text!r} names no line")
            continue
        owners[label.colour] = owner
        newest = series[owner][max(series[owner])]
        numbers = [token for token in sheet.read(label) if is_number(token)]
        sheet.expect(len(numbers), 1, f"numbers of the label {label.text!r}")
        if numbers and not is_token(Shown(newest), numbers[0]):
            sheet.wrong.append(f"the label {label.text!r} should tell {newest}")
    sheet.expect(sorted(owners.values()), sorted(series), "labelled lines")
    for colour, owner in owners.items():
        _trace_line(sheet, colour, series[owner], owner, (times, scale), breaks)


def _trace_line(
    sheet: Sheet,
    colour: str,
    known: Series,
    owner: str,
    axes: tuple[Scale, Scale],
    breaks: Callable[[str, str, str], bool],
) -> None:
    times, scale = axes
    names = {number_period(period): period for period in known}
    lines = [line for line in sheet.drawing.lines if is_data(line) and line.stroke == colour]
    marks = [m for m in sheet.drawing.marks if m.kind != "rect" and m.colour == colour]
    places = [(m.x, m.y) for m in marks] + [point for line in lines for point in line.points]
    drawn: dict[str, float] = {}
    for x, y in places:
        step = round(times.read(x))
        if abs(times.read(x) - step) > 0.15 or step not in names:
            sheet.wrong.append(f"{owner} has a point where it has no value: {times.read(x):.2f}")
            continue
        period = names[step]
        drawn[period] = scale.read(y)
        sheet.expect_near(drawn[period], known[period], scale.step, f"{owner} in {period}")
    sheet.expect(sorted(drawn), sorted(known), f"{owner}'s periods")
    ordered = sorted(known, key=number_period)
    joined = {
        (names.get(round(times.read(a[0]))), names.get(round(times.read(b[0]))))
        for line in lines
        for a, b in pairwise(line.points)
    }
    wanted = {
        (a, b)
        for a, b in pairwise(ordered)
        if number_period(b) - number_period(a) == 1 and not breaks(owner, a, b)
    }
    if joined != wanted:
        sheet.wrong.append(f"{owner} is joined at {joined ^ wanted} as its values are not")
    if any(not line.straight for line in lines):
        sheet.wrong.append(f"{owner}'s line is bent between its points")


def is_data(line: Line) -> bool:
    return line.width >= NEUTRAL_WIDTH and line.fill == "none" and not line.dashed
