"""The pictures of the manager's page: one family, 32 grid, stroke 2, round ends."""

_PATHS = {
    "clock": '<circle cx="16" cy="16" r="12"/><path d="M16 9v7l5 3"/>',
    "printer": '<path d="M9 12V4h14v8M9 23H5V12h22v11h-4M9 19h14v9H9z"/>',
    "scanner": '<path d="M4 11V5h6M22 5h6v6M28 21v6h-6M10 27H4v-6M9 16h14"/>',
    "id_card": '<rect x="3" y="7" width="26" height="19" rx="3"/><circle cx="11" cy="15" r="3"/>'
    '<path d="M6.500 22a5 5 0 0 1 9 0M20 13h5M20 18h5"/>',
    "camera": '<path d="M4 10h6l2-4h8l2 4h6v16H4z"/><circle cx="16" cy="17" r="5"/>',
    "rating_pad": '<path d="M16 4l4 8 8 1-6 6 1 8-7-4-7 4 1-8-6-6 8-1z"/>',
    "call_pad": '<rect x="7" y="3" width="18" height="26" rx="3"/>'
    '<path d="M12 9h8M12 16h.5M16 16h.5M20 16h.5M12 22h.5M16 22h.5M20 22h.5"/>',
    "led_display": '<rect x="3" y="10" width="26" height="12" rx="2"/><path d="M8 16h4M15 16h2M20 16h4"/>',
    "speaker": '<path d="M4 12v8h5l8 7V5l-8 7zM22 12l6 8M28 12l-6 8"/>',
    "shield": '<path d="M16 3l11 4v8c0 7-4.500 11.500-11 14C9.500 26.500 5 22 5 15V7zM16 11v6M16 21.500v.5"/>',
    "back": '<path d="M4 6v8h8M5 13a12 12 0 1 1 1 10M16 9v7l5 3"/>',
    "backup": '<rect x="4" y="5" width="24" height="9" rx="2"/><rect x="4" y="18" width="24" height="9" rx="2"/>'
    '<path d="M9 9.500h.5M9 22.500h.5"/>',
    "screen": '<rect x="4" y="6" width="24" height="16" rx="2"/><path d="M11 27h10M16 22v5"/>',
    "ticket": '<path d="M4 9h24v4a3 3 0 0 0 0 6v4H4v-4a3 3 0 0 0 0-6zM18 9v14" />',
    "device": '<rect x="9" y="3" width="14" height="20" rx="2"/><path d="M13 18h6M12 28h8M16 23v5"/>',
    "order": '<path d="M12 8h16M12 16h16M12 24h16M4 6l3 2-3 2M5 16h2M5 24h2"/>',
    "chart": '<path d="M5 27h22M8 22v-7M14 22V8M20 22v-10M26 22V5"/>',
    "more": '<circle cx="7" cy="16" r="1.500"/><circle cx="16" cy="16" r="1.500"/><circle cx="25" cy="16" r="1.500"/>',
    "settings": '<path d="M4 9h12M24 9h4M4 23h4M16 23h12"/>'
    '<circle cx="20" cy="9" r="4"/><circle cx="12" cy="23" r="4"/>',
    "person": '<circle cx="16" cy="10" r="5"/><path d="M6 28a10 10 0 0 1 20 0"/>',
}


def icon(name: str) -> str:
    """An icon as SVG text; that of a device where a part has none of its own."""
    return f'<svg viewBox="0 0 32 32" aria-hidden="true">{_PATHS.get(name, _PATHS["device"])}</svg>'
