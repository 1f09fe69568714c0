"""What a theme consists of: colour roles, type sizes and measures, all pure data.

A role says what something is for, never what it looks like or which control uses it. Every theme fills every role, so a
page that names roles works in each of them. Colours are `#RRGGBB`. Sizes and measures are whole units: on the kiosk one
unit is 1 px of 1080 × 1920, on a desk it is 1 px of 1366 × 768.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colors:
    """Colour roles. `X_soft` is the panel behind words about X, `text_on_X` the words on a fill of X.

    (Not `on_X`: QML takes any name that begins with "on" and a capital for a signal handler.)
    """

    background: str  # the page
    surface: str  # a card, a thing to press
    sunken: str  # keyboard, inset
    line: str  # hairline; decoration
    track: str  # the unfilled part of a bar; decoration
    edge: str  # lower edge of what can be pressed, frame of a field
    text: str
    text_muted: str
    text_off: str  # only for what cannot be pressed now
    primary: str  # the one thing to press; selected; a ticket's number
    primary_edge: str  # lower edge of the primary fill, and that fill while pressed
    primary_soft: str
    text_on_primary: str
    calling: str  # a call, now
    calling_soft: str
    text_on_calling: str
    positive: str
    positive_soft: str
    text_on_positive: str
    caution: str
    caution_soft: str
    negative: str
    negative_soft: str
    plate: str  # the window number, as on the wall
    text_on_plate: str
    focus: str  # outer ring of what the keyboard points at; the inner ring is `text`
    paper: str  # slips and codes: white in every theme, or no scanner could read them
    ink: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in units."""

    caption: int  # second lines, key names
    label: int  # bar, waits, footnotes
    body: int  # help line, lists
    row: int  # titles in rows, facts
    title: int  # tiles, buttons
    action: int  # the main button
    figure: int  # waits on the number page, clocks
    headline: int  # the one question
    headline_long: int  # the same with more than eleven characters
    number: int  # a ticket's number of up to four signs
    number_medium: int  # of five or six signs
    number_long: int  # of seven signs or more


@dataclass(frozen=True, slots=True)
class Spaces:
    """Distances, heights, radii, line widths and picture sizes in units."""

    grid: int
    margin: int  # between page and edge of the screen
    gap: int  # between tiles
    group_gap: int  # between groups
    bar_gap: int  # above the bar
    card_padding: int
    tile_padding: int
    radius: int  # cards, tiles
    button_radius: int
    picture_radius: int  # the square behind a picture; `picture_radius_small` for the smaller square
    picture_radius_small: int
    strip_radius: int
    key_radius: int
    tag_radius: int
    band: int  # height of the top band
    step: int  # height of a step mark
    bar: int  # height of the bar at the foot
    cell: int  # width of one of its six cells
    action: int  # height of the main button
    field: int  # height of a field
    search: int  # height of the search row
    target: int  # least side of anything to press
    key_width: int
    key_height: int
    key_gap: int
    line_width: int
    edge_depth: int  # how far the lower edge stands out, and how far a press sinks
    ring: int  # width of each focus ring
    picture: int  # on a tile, in a square of `picture_square`
    picture_square: int
    picture_small: int  # on a service, in a square of `picture_square_small`
    picture_square_small: int
    icon: int  # in rows and the bar
    icon_small: int  # beside a label or caption
    icon_strip: int  # in a message strip


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes and measures for one kind of screen."""

    size: Sizes
    space: Spaces


@dataclass(frozen=True, slots=True)
class Theme:
    """One complete look.

    Attributes:
        name: Name of its folder.
        fade_ms: Length of a page's cross-fade in milliseconds; 0 where nothing should move.
        colors: Colour roles.
        kiosk: Scale for kiosks, portrait or landscape.
        desk: Scale for window clients and managers.
    """

    name: str
    fade_ms: int
    colors: Colors
    kiosk: Scale
    desk: Scale
