"""The store of a stopped hall; of a running one the person is told what to do instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from queue_server.link.clock import new_id
from queue_server.store import Store
from queue_server.store.errors import InUseError

ASK_IT = "服务器正在运行：请加上 --server 地址（如 --server http://127.0.0.1:8600）和 --staff 管理人员工号"
STOP_IT = "服务器正在运行：请先停止它，再运行一次；什么都没有改"


@contextmanager
def stopped_store(database: Path, hall_id: str, running: str = ASK_IT) -> Iterator[Store]:
    """Open it for as long as the block lasts.

    Args:
        database: The hall's file.
        hall_id: The hall.
        running: What to do while its server runs.

    Raises:
        InUseError: If its server runs.
        StoreError: If it cannot be opened.
    """
    try:
        store = Store.open(database, hall_id, new_id=new_id)
    except InUseError as error:
        raise InUseError(str(error), advice=running) from None
    with store:
        yield store
