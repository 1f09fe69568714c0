"""What stands around everything on the phone page: head, mark, name of the hall, the other language."""

from html import escape
from string import Template

_FRAME = Template("""<!doctype html>
<html lang="$lang">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="robots" content="noindex">
  <meta name="format-detection" content="telephone=no">
  <title>$title</title>
  <link rel="icon" href="/look/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/look/standard.css">
  <link rel="stylesheet" href="/ticket/parts/ticket.css">
$head</head>
<body$marks>
  <header><img src="/look/mark.svg" alt="" width="36" height="36"><b>$hall</b>$other</header>
$body
</body>
</html>
""")


def frame(title: str, hall: str, body: str, *, english: bool, head: str = "", marks: str = "", other: str = "") -> str:
    """A whole page.

    Args:
        title: Its title, as text.
        hall: The name at the top, as text.
        body: What stands below, as HTML.
        english: Its language.
        head: Further elements of the head, as HTML.
        marks: Attributes of the body, as HTML with a space before.
        other: The link to the other language, as HTML.
    """
    return _FRAME.substitute(
        lang="en" if english else "zh-CN",
        title=escape(title),
        hall=escape(hall),
        body=body,
        head=head,
        marks=marks,
        other=other,
    )
