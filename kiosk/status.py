"""What `--status` tells a technician: how this kiosk and its server stand to each other. Nothing personal."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from hall.clock import SECOND_US
from kiosk.notices import notices
from queue_server.link.ledger import UNTIL_HEARD, Aside, Standing

_SHORT = 8
"""So many digits of an id tell two of them apart to the eye."""


def told(standing: Standing, asides: Sequence[Aside] = ()) -> dict[str, Any]:
    """As JSON.

    Keys: `device` its name · `lane` 机号, null until the server has given one · `replaces` the lane before this
    incarnation · `incarnation` · `unsent` facts that the server does not have · `last_contact` by the server's clock,
    up to a minute late while the kiosk runs · `plan_until` last day of the number plans held · `plan_rests` until the
    end of that day no number is given by them, because an older file may have been put back (`until_server`: the
    server has still to say what day it is) · `server_epoch` · `set_aside` other ledgers in the data folder, each with
    `file`, `whole`, `unsent` and `numbers` · `notices` what a technician should do. Null is: none.
    """
    state = standing.state
    plans = [plan for plan in (state.plan, state.next_plan) if plan]
    contact = datetime.fromtimestamp(state.contact_us / SECOND_US, UTC) if state.contact_us else None
    put_back = state.put_back is not None and (contact is None or contact.date() <= state.put_back)
    to_say = notices(
        put_back=put_back,
        asides=asides,
        unmarked=standing.unmarked,
        refused=state.refused,
        enrolled=state.lane is not None,
    )
    return {
        "device": state.device,
        "lane": state.lane,
        "replaces": state.replaces,
        "incarnation": state.incarnation[:_SHORT],
        "unsent": standing.unsent,
        "last_contact": contact and contact.isoformat(timespec="seconds"),
        "plan_until": max((plan.last_day.isoformat() for plan in plans), default=None),
        "plan_rests": _rests(state.plan_rests),
        "server_epoch": state.server_epoch[:_SHORT] or None,
        "set_aside": [
            {"file": str(each.path), "whole": each.whole, "unsent": each.unsent, "numbers": list(each.numbers)}
            for each in asides
        ],
        "notices": [f"{each.problem}。{each.advice}" for each in to_say],
    }


def _rests(day: date | None) -> str | None:
    if day is None:
        return None
    return "until_server" if day == UNTIL_HEARD else day.isoformat()
