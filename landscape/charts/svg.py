"""SVG written element by element, with text as text and short, stable numbers."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from landscape.charts.palette import FONT_FAMILIES

SVG_NAMESPACE = "http://www.w3.org/2000/svg"


def format_number(value: float) -> str:
    """Return the number with at most one decimal: a tenth of a pixel is finer than any screen."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def format_font_families() -> str:
    """Return the font stack as CSS."""
    return ",".join(f"'{name}'" if " " in name else name for name in FONT_FAMILIES)


class Canvas:
    """A drawing of a fixed size; elements are drawn in the order in which they are added."""

    def __init__(self, width: float, height: float, title: str) -> None:
        size = {"width": format_number(width), "height": format_number(height)}
        self.root = ET.Element(
            "svg",
            {
                "xmlns": SVG_NAMESPACE,
                **size,
                "viewBox": f"0 0 {size['width']} {size['height']}",
                "role": "img",
                "font-family": format_font_families(),
            },
        )
        ET.SubElement(self.root, "title").text = title

    def add(
        self, tag: str, parent: ET.Element | None = None, text: str = "", **attributes: object
    ) -> ET.Element:
        """Add an element; ``stroke_width`` becomes ``stroke-width``, numbers are shortened."""
        element = ET.SubElement(self.root if parent is None else parent, tag)
        for name, value in attributes.items():
            key = name.rstrip("_").replace("_", "-")
            element.set(key, format_number(value) if isinstance(value, int | float) else str(value))
        if text:
            element.text = text
        return element

    def add_text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        fill: str,
        parent: ET.Element | None = None,
        **attributes: object,
    ) -> ET.Element:
        """Add one line of text with its baseline at y."""
        return self.add("text", parent, text, x=x, y=y, font_size=size, fill=fill, **attributes)

    def to_text(self) -> str:
        """Return the drawing as a document."""
        ET.indent(self.root, space="")
        return ET.tostring(self.root, encoding="unicode") + "\n"
