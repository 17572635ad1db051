"""Logos of projects: brand icons from Simple Icons, as one path in a square of 24 units."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from functools import cache

ICON_UNITS = 24
MAX_PATH_CHARACTERS = 4500
"""A logo with a longer outline would cost more of the map's bytes than it tells: monogram."""

_PATH = re.compile(r'<path\s[^>]*\bd="([^"]+)"', re.DOTALL)


@dataclass(frozen=True)
class Logo:
    """A brand icon: its slug, the outline (SVG path data, 24 by 24 units), its own colour."""

    slug: str
    path: str
    color: str


@cache
def load_logo(slug: str) -> Logo | None:
    """Return the logo of this Simple Icons slug; None where there is none, or only a huge one."""
    if not slug:
        return None
    # Three thousand modules, which a landscape without logos never needs.
    from simplepycons import all_icons

    try:
        icon = all_icons[slug]
    except KeyError:
        return None
    match = _PATH.search(icon.raw_svg)
    if match is None:
        return None
    path = re.sub(r"\s+", " ", match.group(1)).strip()
    if len(path) > MAX_PATH_CHARACTERS:
        return None
    return Logo(slug, path, icon.primary_color.lower())


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _parse_color(color: str) -> tuple[float, float, float]:
    digits = color.lstrip("#")
    red, green, blue = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return red, green, blue


def compute_contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#rrggbb`` colours, from 1 to 21.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    luminances = []
    for color in (first, second):
        red, green, blue = (_linear(channel) for channel in _parse_color(color))
        luminances.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    darker, lighter = sorted(luminances)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def adapt_color(color: str, background: str, text: str, contrast: float = 3.0) -> str:
    """Return the colour, made lighter or darker until it stands out from the background.

    A black, white or grey that does not stand out takes the colour of the text instead: half
    way to visible it would look switched off.
    """
    if compute_contrast(color, background) >= contrast:
        return color
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parse_color(color))
    if saturation < 0.2 or lightness < 0.1:
        return text
    step = 0.02 if compute_contrast(background, "#ffffff") > 4.5 else -0.02
    adapted = color
    while compute_contrast(adapted, background) < contrast and 0.0 <= lightness + step <= 1.0:
        lightness += step
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        adapted = "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
    return adapted
