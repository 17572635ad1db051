"""The colours of every picture, in a light and a dark variant.

Text colours keep a contrast of at least 4.5:1 on their background; series colours are told
apart under the common kinds of colour blindness (an Okabe-Ito order, adjusted for contrast).
"""

from __future__ import annotations

from dataclasses import dataclass

FONT_FAMILIES = (
    "Segoe UI",
    "Helvetica Neue",
    "Arial",
    "Liberation Sans",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "sans-serif",
)
"""Latin families first, then Chinese ones, since every reader has others installed."""


@dataclass(frozen=True)
class Theme:
    """The colours of one variant, as ``#rrggbb``."""

    name: str
    background: str
    surface: str
    text: str
    muted: str
    grid: str
    accent: str
    gain: str
    loss: str
    series: tuple[str, ...]
    layers: tuple[str, ...]
    """One hue a layer of the taxonomy, repeated where there are more."""
    layer_surfaces: tuple[str, ...]
    """The quiet tint behind a layer's band, in the order of ``layers``."""
    sequence: tuple[str, ...]
    """From little to much, for heat maps and counts."""


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f6f8fa",
    text="#1f2328",
    muted="#59636e",
    grid="#d1d9e0",
    accent="#0969da",
    gain="#00694f",
    loss="#a8410a",
    series=("#0072b2", "#b84a00", "#00785a", "#a3457e", "#7a5c00", "#5d4a99", "#3b6fb6", "#4d5761"),
    layers=("#5b4bb3", "#0a5f9e", "#00694f", "#8a4b00"),
    layer_surfaces=("#f3f0fc", "#ecf4fb", "#eaf6f1", "#fbf2e6"),
    sequence=("#eef4fa", "#c6dcee", "#8dbbdd", "#4b94c8", "#0a68a8"),
)

DARK = Theme(
    name="dark",
    background="#0d1117",
    surface="#161b22",
    text="#e6edf3",
    muted="#9aa4af",
    grid="#30363d",
    accent="#58a6ff",
    gain="#3fc79a",
    loss="#f0884b",
    series=("#56b4e9", "#f0884b", "#3fc79a", "#e08abf", "#e3b341", "#a99bf0", "#86b1f2", "#a3adb8"),
    layers=("#b0a4f5", "#6cb6ff", "#4fd0a5", "#e8a55c"),
    layer_surfaces=("#1a1830", "#101d2e", "#0f231e", "#271d10"),
    sequence=("#14202e", "#173a58", "#1c5a8a", "#2f83bd", "#63b3ea"),
)

THEMES = (LIGHT, DARK)
