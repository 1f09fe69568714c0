"""Colour roles as CSS custom properties, so that boards, phone and manager pages share them with the screens.

    css({":root": "standard", ".night": "night", ".high-contrast": "high_contrast"})

gives one block per selector, one role per line: `  --primary-soft: #E5EFF9;`.
"""

from collections.abc import Mapping
from dataclasses import asdict

from themes.loader import load_theme


def css(themes: Mapping[str, str]) -> str:
    """A style sheet that sets every colour role.

    Args:
        themes: Name of the theme by CSS selector, in the order of the blocks.

    Raises:
        ThemeError: If one of the themes cannot be used.
    """
    return "\n".join(_block(selector, name) for selector, name in themes.items())


def _block(selector: str, name: str) -> str:
    colors = asdict(load_theme(name).colors)
    return "\n".join([f"{selector} {{", *(f"  --{_kebab(role)}: {color};" for role, color in colors.items()), "}\n"])


def _kebab(role: str) -> str:
    return role.replace("_", "-")
