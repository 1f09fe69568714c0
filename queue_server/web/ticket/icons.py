"""The pictures of the phone page, drawn in place so that nothing is loaded; of the house's icon family."""

_PATHS = {
    "bell": '<path d="M8 22v-8a8 8 0 0 1 16 0v8l3 3H5zM13 28h6"/>',
    "pin": '<path d="M16 28c6-7 9-11 9-15a9 9 0 0 0-18 0c0 4 3 8 9 15z"/><circle cx="16" cy="13" r="3"/>',
    "check": '<circle cx="16" cy="16" r="12"/><path d="M10.5 16.5l4 4 7.5-8"/>',
    "info": '<circle cx="16" cy="16" r="12"/><path d="M16 15v7M16 10v.5"/>',
    "pause": '<circle cx="16" cy="16" r="12"/><path d="M13 11.5v9M19 11.5v9"/>',
    "warning": '<path d="M16 5.5L28 26.5H4zM16 13v6M16 22.500v.5"/>',
}


def icon(name: str) -> str:
    """An icon as SVG in the colour of the text around it."""
    return f'<svg class="icon" viewBox="0 0 32 32" aria-hidden="true">{_PATHS[name]}</svg>'
