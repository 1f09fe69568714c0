"""The manager's sign-in page: plain words and a form, no script."""

import html
from pathlib import Path
from string import Template

_PAGE = Template((Path(__file__).parent / "sign_in.html").read_text(encoding="utf-8"))


def page(hall: str, trouble: str = "") -> str:
    """The page; `trouble` says why the last attempt did not work."""
    told = f'<p role="alert">{html.escape(trouble)}</p>' if trouble else ""
    return _PAGE.substitute(hall=html.escape(hall), trouble=told)
