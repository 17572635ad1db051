"""From a matplotlib figure to the SVG that is committed: the contract of every chart.

Text stays text, in font families named for readers' machines; numbers carry one decimal; nothing
depends on the machine, the process or the time. What is drawn does not belong here.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import matplotlib as mpl
from matplotlib.figure import Figure

from landscape.charts.svg import format_font_families, format_number

PIXELS_PER_INCH = 72
"""Matplotlib's SVG points; taken as pixels, a font size of 13 is 13 pixels."""

DRAWING_FONT = "DejaVu Sans"
"""Comes with matplotlib, so every machine has it; the SVG names the readers' families instead."""

HASH_SALT = "oss-landscape"
"""Ids inside the SVG are derived from it and from what is drawn."""

_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_TAG = re.compile(r"<[a-z/][^>]*>", re.DOTALL)
_DECIMALS = re.compile(r"-?\d+\.\d{2,}(?![\d\w])")
_HEAD = re.compile(r".*?<svg\b[^>]*>", re.DOTALL)
_NOISE = (
    re.compile(r" font-family: [^;\"]*;?"),
    re.compile(r" transform=\"rotate\(-?0 [^)]*\)\""),
    re.compile(r" text-anchor: start;?(?=[ \"])"),
    # Counted ids, which move on with every element that is added before.
    re.compile(r' id="(?:figure|axes|patch|line2d|text|PathCollection|PolyCollection)_\d+"'),
)
_INDENTS = re.compile(r"\n\s*(?=<)")
_BREAKS = re.compile(r"\s*\n\s*")


@contextmanager
def apply_settings() -> Iterator[None]:
    """Hold the settings under which figures are drawn and exported; the machine's have no say."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.fonttype"] = "none"
        mpl.rcParams["svg.hashsalt"] = HASH_SALT
        mpl.rcParams["font.family"] = DRAWING_FONT
        mpl.rcParams["text.parse_math"] = False
        mpl.rcParams["path.simplify"] = False
        yield


def _shorten_number(match: re.Match[str]) -> str:
    return format_number(float(match.group()))


def _tidy_tag(match: re.Match[str]) -> str:
    tag = _DECIMALS.sub(_shorten_number, _BREAKS.sub(" ", match.group()))
    for noise in _NOISE:
        tag = noise.sub("", tag)
    return tag


def export_svg(figure: Figure, title: str) -> str:
    """Return the figure as SVG that scales, names itself ``title``, and is the same everywhere."""
    stream = io.StringIO()
    with warnings.catch_warnings():
        # Chinese is drawn by the reader's fonts, not by the one that measures here.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font", UserWarning)
        figure.savefig(stream, format="svg", metadata=_METADATA)
    width, height = (
        round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches().tolist()
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="{format_font_families()}">\n <title>{escape(title)}</title>'
    )
    body = _HEAD.sub("", stream.getvalue(), count=1)
    body = _TAG.sub(_tidy_tag, body)
    return head + _INDENTS.sub("\n", body)
