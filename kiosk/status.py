"""What `--status` tells a technician: how this kiosk and its server stand to each other. Nothing personal."""

from datetime import UTC, datetime
from typing import Any

from hall.clock import SECOND_US
from queue_server.link.ledger import Standing

_SHORT = 8
"""So many digits of an id tell two of them apart to the eye."""


def told(standing: Standing) -> dict[str, Any]:
    """As JSON.

    Keys: `device` its name · `lane` 机号, null until the server has given one · `replaces` the lane before this
    incarnation · `incarnation` · `unsent` facts that the server does not have · `last_contact` by the server's clock,
    to the minute · `plan_until` last day of the number plans held · `server_epoch`. Null is: none.
    """
    state = standing.state
    plans = [plan for plan in (state.plan, state.next_plan) if plan]
    contact = datetime.fromtimestamp(state.contact_us / SECOND_US, UTC) if state.contact_us else None
    return {
        "device": state.device,
        "lane": state.lane,
        "replaces": state.replaces,
        "incarnation": state.incarnation[:_SHORT],
        "unsent": standing.unsent,
        "last_contact": contact and contact.isoformat(timespec="seconds"),
        "plan_until": max((plan.last_day.isoformat() for plan in plans), default=None),
        "server_epoch": state.server_epoch[:_SHORT] or None,
    }
