"""Colours that carry meaning stay apart for people with colour blindness, on both themes.

The simulation is that of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (2009), at full severity; differences are CIE 1976.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import landscape.charts
from landscape.charts.palette import THEMES, Theme

Matrix = npt.NDArray[np.float64]

VISIONS: dict[str, Matrix] = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
LEAST_DIFFERENCE = 10.0
"""Far above what can just be told apart (about 2.3); every series is named at its line besides."""
LEAST_CONTRAST = 4.5


def read_linear(color: str) -> Matrix:
    channels = np.array([int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def see(color: str, vision: Matrix) -> Matrix:
    """Return the colour as it is seen, in CIE L*a*b*."""
    xyz = TO_XYZ @ np.clip(vision @ read_linear(color), 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def compute_contrast(first: str, second: str) -> float:
    """Return the contrast of WCAG 2."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    light, dark = sorted((float(weights @ read_linear(c)) for c in (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("vision", sorted(VISIONS))
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("group", ["series", "layers", "moves"])
def test_colours_of_a_group_stay_apart(theme: Theme, vision: str, group: str) -> None:
    colors = {"series": theme.series, "layers": theme.layers, "moves": (theme.gain, theme.loss)}
    for first, second in itertools.combinations(colors[group], 2):
        seen = [see(color, VISIONS[vision]) for color in (first, second)]
        difference = float(np.linalg.norm(seen[0] - seen[1]))
        assert difference >= LEAST_DIFFERENCE, (first, second, round(difference, 1))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_of_text_is_readable_on_the_background(theme: Theme) -> None:
    texts = (theme.text, theme.muted, theme.accent, theme.gain, theme.loss)
    for color in (*texts, *theme.series, *theme.layers):
        assert compute_contrast(color, theme.background) >= LEAST_CONTRAST, color
    for color in (theme.text, theme.muted):
        assert compute_contrast(color, theme.surface) >= LEAST_CONTRAST, color
    for surface, color in zip(theme.layer_surfaces, theme.layers, strict=True):
        assert compute_contrast(color, surface) >= LEAST_CONTRAST, color


def test_no_picture_brings_colours_of_its_own() -> None:
    folder = Path(landscape.charts.__file__).parent
    for path in folder.glob("*.py"):
        if path.name not in {"palette.py", "logos.py"}:
            found = re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
            assert found == [], path.name
