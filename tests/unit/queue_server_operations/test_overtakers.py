"""谁先于我, asked of the server and of a kiosk: the same answer from both."""

from pathlib import Path

from hall.before import Before, Why, went_before
from hall.ticket import TicketClass
from hall.wire import commands
from hall.wire.sync import FeedHead
from queue_server.link.clock import new_id
from queue_server.link.ledger import Ledger
from queue_server.operations.views import overtakers
from tests.support.ledgers import plan, welcome
from tests.support.referee import Referee


def asked(referee: Referee, number: str) -> tuple[Before, ...] | None:
    with referee.store.read() as reader:
        found = overtakers(reader, referee.moment, number)
    return None if found is None else found.before


def test_the_server_and_a_kiosk_that_heard_the_feed_say_the_same(tmp_path: Path) -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    first = kiosk.issue()
    referee.pass_time(60)
    kiosk.issue(ticket_class=TicketClass.PRIORITY)
    referee.pass_time(60)
    third = kiosk.issue()
    kiosk.push()
    one, other = referee.clerk(1), referee.clerk(3, "1003")
    referee.pass_time(60)
    assert referee.do(one, commands.CallNext(request_id=referee.ids())).done
    referee.pass_time(60)
    chosen = commands.CallTicket(request_id=referee.ids(), ticket=third.ticket, reason="走错窗口")
    assert referee.do(other, chosen).done
    told = asked(referee, "a001")
    assert told is not None
    assert [(each.number, each.why) for each in told] == [("A003", Why.CHOSEN), ("A002", Why.PRIORITY)]
    assert (asked(referee, "A002"), asked(referee, "A009"), asked(referee, "x")) == ((), None, None)
    with referee.store.read() as reader:
        items = reader.feed(0, 500)
        head = FeedHead(seq=items[-1].entry.seq, server_epoch=reader.server_epoch(), server_time=0, catalog_version="")
    with Ledger.open(tmp_path, "kiosk-9", new_id) as ledger:
        ledger.apply_welcome(welcome(9, plan=plan(2, 1)))
        ledger.apply_feed([*items, head])
        mine = ledger.ticket(first.ticket)
        assert mine is not None
        assert went_before(mine, ledger.called_tickets(mine.day, mine.group)) == told
