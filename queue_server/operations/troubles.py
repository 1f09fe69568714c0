"""What the manager is told of an issuer: that its facts do not get through, that numbers were given twice."""

from typing import Literal, NamedTuple

from hall.clock import MINUTE_US, Moment
from hall.facts import HealthChanged
from queue_server.store import Transaction
from queue_server.store.records import Health

SYNC = "sync"
"""How a device's line of facts stands among its parts on the manager's page."""
NUMBERS = "numbers"
"""Whether its numbers are its own."""
STAYS_US = 10 * MINUTE_US
"""Of two copies that push by turns one always gets through: so long the trouble stands at least."""


class Trouble(NamedTuple):
    """What is wrong and what a person should do."""

    problem: str
    advice: str


TWO_FILES = Trouble(
    "两台机器用了同一份取号数据",
    "已让它们各换一个机号，号码不会丢。请确认哪一台是复制出来的，并给它另起设备名",
)
VOIDED_ANOTHERS = Trouble(
    "它作废了别的取号机的号，没有照办",
    "它的数据是从那台取号机复制来的。号照旧排队，记成「取号单可能没出」；确实没人要的，叫到时按过号办",
)
DOUBLED = Trouble("有号码印了两次", "请在管理页面查看重号，请后一位持票人重新取号")


def note(transaction: Transaction, moment: Moment, device: str, part: str, trouble: Trouble | None) -> None:
    """As `tell`, but a trouble stands for a while before it is said to be over."""
    before = transaction.get(Health, device, part)
    if before is None or trouble is not None or moment.wall_us - before.since >= STAYS_US:
        tell(transaction, moment, device, part, trouble)


def tell(transaction: Transaction, moment: Moment, device: str, part: str, trouble: Trouble | None) -> None:
    """Tell the manager of a trouble, or that it is over; once each."""
    state: Literal["online", "fault"] = "online" if trouble is None else "fault"
    before = transaction.get(Health, device, part)
    problem, advice = trouble or ("", "")
    known = ("online", "", "") if before is None else (before.state, before.problem, before.advice)
    if (state, problem, advice) != known:
        body = HealthChanged(device=device, part=part, state=state, problem=problem, advice=advice)
        transaction.record(body, moment)
