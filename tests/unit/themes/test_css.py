from dataclasses import asdict

from themes.css import css
from themes.loader import load_theme


def test_every_role_becomes_one_custom_property_per_block() -> None:
    sheet = css({":root": "standard", ".night": "night"})
    root, night = sheet.split("\n\n")
    assert root.startswith(":root {\n  --background: #F1F4F8;\n")
    assert "  --primary-soft: #E5EFF9;\n" in root
    assert night.startswith(".night {\n  --background: #0B1723;\n")
    assert night.endswith("}\n")
    assert root.count("--") == night.count("--") == len(asdict(load_theme("standard").colors))
