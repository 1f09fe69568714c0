"""Which groups cannot be served just now 系统故障, as far as the feed told."""

from peewee import Database

from hall.facts import Body
from hall.system_fault import FaultDeclared, FaultEnded
from queue_server.link.ledger.statements import ASKED, Statement, insert
from queue_server.link.ledger.tables import SYSTEM_FAULT

_ADD = insert(SYSTEM_FAULT, ("group_id",))
_DROP = Statement(SYSTEM_FAULT.delete().where(SYSTEM_FAULT.group_id == ASKED))
_ALL = Statement(SYSTEM_FAULT.select(SYSTEM_FAULT.group_id))


def hear(database: Database, body: Body) -> bool:
    """Note what an entry of the feed says; whether it says anything of faults."""
    if not isinstance(body, FaultDeclared | FaultEnded):
        return False
    _DROP.run(database, body.group)
    if isinstance(body, FaultDeclared):
        _ADD.run(database, body.group)
    return True


def groups(database: Database) -> frozenset[str]:
    """The groups that are down."""
    return frozenset(group for (group,) in _ALL.run(database))


def forget(database: Database) -> None:
    """What was told does not count any more."""
    SYSTEM_FAULT.delete().execute(database)
