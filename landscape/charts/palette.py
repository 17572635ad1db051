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
    series=("#2850a7", "#872200", "#027657", "#ae4e87", "#846408", "#5d4186", "#3c74bf", "#4d5761"),
    layers=("#5b4bb3", "#2a71b0", "#00684e", "#8a4b00"),
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
    series=("#5da6d0", "#ec854a", "#45c99c", "#bf6fa6", "#e6b544", "#908fe6", "#97bbff", "#a7b1bb"),
    layers=("#9d8ad3", "#75b7ff", "#4fd0a5", "#e8a55c"),
    layer_surfaces=("#1a1830", "#101d2e", "#0f231e", "#271d10"),
    sequence=("#14202e", "#173a58", "#1c5a8a", "#2f83bd", "#63b3ea"),
)

THEMES = (LIGHT, DARK)
