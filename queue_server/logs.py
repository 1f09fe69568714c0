"""One line per event to standard error. Nothing personal is ever logged; a filter stands behind that promise."""

import logging
import re
import sys

_ID_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)")
_MASK = "［已隐去］"


class PersonalDataFilter(logging.Filter):
    """The second line of defence: whatever looks like an ID number leaves the line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask and let pass."""
        text = record.getMessage()
        masked = _ID_NUMBER.sub(_MASK, text)
        if masked != text:
            record.msg, record.args = masked, ()
        if record.exc_info:
            kind = record.exc_info[0]
            # Tracebacks may quote what a person sent: the kind of error is enough here.
            record.msg, record.args = f"{masked} ({kind.__name__ if kind else 'error'})", ()
            record.exc_info = record.exc_text = None
        return True


def start_logging(level: int = logging.INFO) -> None:
    """Send every logger's lines to standard error through the filter."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(PersonalDataFilter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("uvicorn", "httpx"):  # a line for every request, a push to the relay among them each second
        logging.getLogger(chatty).setLevel(logging.WARNING)
