"""Who holds a ticket is known beside the journal while the visit lasts, and nowhere afterwards."""

import hashlib
from pathlib import Path

from hall.identity import Holder, HolderToken
from hall.wire.commands import CallNext, FinishService, StartService
from queue_server.operations.tick import tick
from tests.support.referee import Referee


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_the_holder_leaves_no_trace_after_the_visit(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    token = hashlib.sha256(b"somebody").hexdigest()
    kiosk.issue(holder=Holder(token=HolderToken(token), masked_name="欧阳**"[:8]))
    kiosk.push()
    assert token.encode() in files(tmp_path)
    reply = referee.do(clerk, CallNext(request_id=referee.ids()))
    assert reply.masked_name == "欧阳**"
    ticket = reply.ticket
    assert ticket is not None
    for command in (StartService, FinishService):
        referee.do(clerk, command(request_id=referee.ids(), ticket=ticket.id))
    with referee.store.read() as reader:
        assert not any(token in entry.model_dump_json() for entry in reader.entries())
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.holder(ticket.id)) is not None  # the end can still be undone
    referee.pass_time(11)
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.holder(ticket.id)) is None
    left = files(tmp_path)
    assert token.encode() not in left
    assert "欧阳".encode() not in left
    referee.store.close()


def test_a_reader_that_is_still_looking_puts_the_tidying_off(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    token = hashlib.sha256(b"somebody else").hexdigest()
    kiosk.issue(holder=Holder(token=HolderToken(token), masked_name="李*"))
    kiosk.push()
    ticket = referee.do(clerk, CallNext(request_id=referee.ids())).ticket
    assert ticket is not None
    for command in (StartService, FinishService):
        referee.do(clerk, command(request_id=referee.ids(), ticket=ticket.id))
    referee.pass_time(11)
    with referee.store.read() as reader:
        assert reader.holder(ticket.id) is not None
        referee.run(lambda tx: tick(tx, referee.moment))
    referee.run(lambda tx: tick(tx, referee.moment))
    assert token.encode() not in files(tmp_path)
    referee.store.close()
