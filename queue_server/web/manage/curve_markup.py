"""A day by half hour as markup: a picture without words in it, words around it, and the same as a table."""

from collections.abc import Iterator

from queue_server.web.manage.day_curve import Curve, DayCurves

_WIDE, _HIGH = 10, 100  # of a half hour in the picture's own measure; the page stretches it to its box
_LABEL_EVERY, _LABEL_NEEDS = 4, 3  # half hours: from one to the next, and the least room for one


def curve_markup(shown: DayCurves, curve: Curve) -> str:
    """One figure as bars with steps of the usual day."""
    count = len(shown.begins)
    bars = "".join(_bars(curve, shown.open_half))
    steps = "".join(_steps(curve))
    picture = (
        f'<svg viewBox="0 0 {count * _WIDE} {_HIGH}" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="grid" d="M0 .5H{count * _WIDE}M0 {_HIGH / 2}H{count * _WIDE}"/>{bars}{steps}</svg>'
    )
    scale = f"<span>{curve.most}</span><span>{curve.most // 2}</span><span>0</span>"
    places = range(0, count - _LABEL_NEEDS + 1, _LABEL_EVERY)
    hours = "".join(
        f'<span style="width: {100 * min(_LABEL_EVERY, count - place) / count:.3f}%">{shown.begins[place]}</span>'
        for place in places
    )
    return (
        f'<div class="curve-name">{curve.name}<small>{curve.unit}</small></div>'
        f'<div class="curve-box" aria-hidden="true"><div class="curve-scale">{scale}</div>{picture}'
        f'<div class="curve-hours">{hours}</div></div>'
    )


def _bars(curve: Curve, open_half: int | None) -> Iterator[str]:
    for place, value in enumerate(curve.bars):
        if value:
            high = _HIGH * value / curve.most
            kind = "bar open" if place == open_half else "bar"
            x, y = place * _WIDE + 1.5, _HIGH - high
            yield f'<rect class="{kind}" x="{x:g}" y="{y:.2f}" width="{_WIDE - 3}" height="{high:.2f}"/>'


def _steps(curve: Curve) -> Iterator[str]:
    """A level line over each half hour: nothing is claimed of the time between."""
    for place, value in enumerate(curve.steps):
        if value is not None:
            yield f'<path class="step" d="M{place * _WIDE} {_HIGH - _HIGH * value / curve.most:.2f}h{_WIDE}"/>'


def table_markup(shown: DayCurves, day: str, usual: str) -> str:
    """All figures of all half hours; for whoever does not see the picture, and for everybody who wants the numbers."""
    heads = "".join(
        f'<th scope="col">{curve.name}<small>{name}，{curve.unit}</small></th>'
        for curve in shown.curves
        for name in (day, usual)
    )
    rows = "".join(
        f'<tr><th scope="row">{begins}</th>{"".join(map(_cell, _values(shown, place)))}</tr>'
        for place, begins in enumerate(shown.begins)
    )
    return f'<table><thead><tr><th scope="col">半小时</th>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _values(shown: DayCurves, place: int) -> Iterator[float | None]:
    for curve in shown.curves:
        yield curve.bars[place]
        yield curve.steps[place]


def _cell(value: float | None) -> str:
    return f"<td>{'–' if value is None else f'{value:g}'}</td>"
