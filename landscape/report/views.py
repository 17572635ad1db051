"""How a page outside a story shows a figure: its pictures in the folder, or what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from landscape.charts.palette import THEMES, Theme
from landscape.dataset.story_model import Figure
from landscape.report.markdown import Markdown, escape_text
from landscape.report.pictures import show_picture
from landscape.report.stories.desk import Desk, Drawing, View
from landscape.report.stories.figures import view_figure


def compose_view(kind: str, desk: Desk, options: Mapping[str, Any] | None = None) -> View:
    """Return the view of a figure of this kind, as a story would declare it."""
    return view_figure(Figure(kind, kind, options or {}), desk)


def draw_view(
    drawing: Drawing, stem: str, files: dict[str, bytes], themes: Sequence[Theme] = THEMES
) -> None:
    """Draw the picture's variants into ``files``; nothing where there is nothing to show."""
    for theme in themes:
        svg = drawing.draw(theme=theme)
        if svg is not None:
            files[f"{stem}.{theme.name}.svg"] = svg.encode()


def show_view(
    view: View, stem: str, files: dict[str, bytes], desk: Desk, folder: str = ""
) -> Markdown:
    """Draw the view's first picture and return it; one line where there is none."""
    drawing = view.drawings[0]
    draw_view(drawing, stem, files)
    shown = show_picture(files, stem, drawing.alternative, folder)
    return shown if shown is not None else tell_missing(view.missing, desk)


def tell_missing(reason: str, desk: Desk) -> Markdown:
    """Return the line that stands where a figure would."""
    return Markdown(f"*{desk.messages('missing.line', reason=escape_text(reason))}*")
