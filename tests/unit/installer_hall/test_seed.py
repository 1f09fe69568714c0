"""Files published over a hall never undo in silence what its managers have changed on their page."""

from pathlib import Path

import pytest

from hall.arrangements import ArrangementChanged, MadeGroup, NewGroup, Notices, WindowPart, lost_in
from hall.catalog import Service, ServiceGroup
from hall.wire.commands import ChangeArrangement
from hall.wire.replies import Refusal, Reply
from installer.hall_init.__main__ import SAMPLE, main
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.folder import HallFolder
from queue_server.link.clock import SystemClock, new_id
from queue_server.operations.commands import carry_out
from queue_server.operations.sessions import open_session
from queue_server.store import Store, Transaction
from queue_server.store.records import SessionKind

Capture = pytest.CaptureFixture[str]


def with_a_changed_notice(root: Path) -> None:
    folder, moment = HallFolder(root), SystemClock().now()
    notice = Notices(notice="今天下午三点停电检修。")
    with Store.open(folder.database, folder.read_settings().hall_id, new_id=new_id) as store:

        def act(transaction: Transaction) -> Reply:
            session = open_session(transaction, moment, SessionKind.MANAGER, "1001")[1]
            before = notice.as_in(transaction.catalog())
            command = ChangeArrangement(request_id=new_id(), before=before, after=notice)
            return carry_out(transaction, moment, session, command, folder.hall_key.read_bytes())

        assert not isinstance(store.write(act).result(), Refusal)


def test_what_a_manager_changed_is_named_and_nothing_published(tmp_path: Path, capsys: Capture) -> None:
    hall = tmp_path / "hall"
    assert main(["init", str(hall)]) == 0
    with_a_changed_notice(hall)
    assert main(["seed", str(hall)]) == 1
    told = capsys.readouterr().err
    assert "公告" in told
    assert "工号 1001" in told
    assert "--over-settings" in told
    assert main(["seed", str(hall), "--over-settings"]) == 0
    assert "已发布" in capsys.readouterr().out
    assert main(["seed", str(hall)]) == 0, "what no longer stands is not lost"


def test_files_that_say_the_same_lose_nothing() -> None:
    files = read_catalogue(SAMPLE)
    old, new = Notices().as_in(files), Notices(notice="今天下午三点停电检修。")
    change = ArrangementChanged(staff="1001", before=old, after=new, catalog="x")
    in_force = new.within(files)
    assert list(lost_in(files, [change], in_force)) == [change]
    assert list(lost_in(new.within(files), [change], in_force)) == []
    back = ArrangementChanged(staff="1001", before=new, after=old, catalog="x")
    assert list(lost_in(files, [back, change], files)) == []
    assert list(lost_in(new.within(files), [back, change], files)) == [back]


def test_a_group_that_was_made_on_the_page_is_told_of_though_a_window_of_it_is_gone_from_both() -> None:
    files = read_catalogue(SAMPLE)
    group = ServiceGroup(id="group_1", prefix="K", name="档案查询", name_en="Archives", icon="file")
    first = Service(id="group_1_1", group="group_1", name="婚姻档案查询", name_en="Records", department="区档案馆")
    made = NewGroup(id="group_1", made=MadeGroup(group=group, services=(first,), windows=(3, 4)))
    making = ArrangementChanged(staff="1001", before=NewGroup(id="group_1"), after=made, catalog="x")
    old, gone = WindowPart(number=4).as_in(files), WindowPart(number=4)
    removing = ArrangementChanged(staff="1001", before=old, after=gone, catalog="x")
    in_force, copied = gone.within(made.within(files)), gone.within(files)
    assert list(lost_in(copied, [removing, making], in_force)) == [making]
    assert list(lost_in(copied, [making], copied)) == [], "it was taken back"
