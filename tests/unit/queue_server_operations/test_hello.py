"""Devices are let in by proof, get the lane of their ledger, and fence their own older sessions."""

import pytest

from hall.facts import DeviceEnrolled
from hall.wire.hello import DeviceKind
from queue_server.operations.errors import HelloError, NoSuchWindowError, ProofError, SchemaError
from queue_server.operations.sessions import find_session
from queue_server.store.records import SessionKind
from tests.support.referee import HALL_ID, Ids, Referee


def test_a_new_ledger_gets_a_lane_and_a_plan() -> None:
    referee = Referee()
    welcome = referee.greet(referee.hello_of("kiosk-1", referee.ids()))
    assert (welcome.lane, welcome.highwater, welcome.session_no, welcome.hall_id) == (1, 0, 1, HALL_ID)
    assert welcome.plan is not None
    assert (welcome.plan.modulus, welcome.plan.residue) == (1, 0)
    session = referee.session_of(welcome.session)
    assert (session.kind, session.lane, session.subject) == (SessionKind.KIOSK, 1, "kiosk-1")
    kinds = referee.run(lambda tx: [entry.fact.body for entry in tx.entries()])
    assert any(isinstance(body, DeviceEnrolled) and body.device_lane == 1 for body in kinds)


def test_the_same_ledger_keeps_its_lane_and_a_new_one_gets_another() -> None:
    referee = Referee()
    first = referee.kiosk("kiosk-1", "a" * 32)
    again = referee.kiosk("kiosk-1", "a" * 32)
    imaged = referee.kiosk("kiosk-1", "c" * 32)
    other = referee.kiosk("kiosk-2", "d" * 32)
    assert [each.welcome.lane for each in (first, again, imaged, other)] == [1, 1, 2, 3]
    assert again.welcome.session_no == 2


def test_a_new_session_ends_the_older_one() -> None:
    referee = Referee()
    older = referee.greet(referee.hello_of("kiosk-1", "a" * 32))
    referee.greet(referee.hello_of("kiosk-1", "a" * 32))
    with referee.store.read() as reader:
        assert find_session(reader, referee.moment, older.session) is None


def test_a_nonce_is_good_once_and_for_a_minute() -> None:
    referee = Referee()
    request = referee.hello_of("kiosk-1", "a" * 32)
    referee.greet(request)
    with pytest.raises(ProofError):
        referee.greet(request)
    late = referee.hello_of("kiosk-1", "a" * 32)
    referee.pass_time(61)
    with pytest.raises(ProofError):
        referee.greet(late)


def test_another_halls_key_is_refused() -> None:
    referee = Referee()
    with pytest.raises(ProofError) as caught:
        referee.greet(referee.hello_of("kiosk-1", "a" * 32, key=bytes(32)))
    assert caught.value.advice


def test_a_proof_is_for_one_device() -> None:
    referee = Referee()
    stolen = referee.hello_of("kiosk-1", "a" * 32).model_copy(update={"device": "kiosk-2"})
    with pytest.raises(ProofError):
        referee.greet(stolen)


@pytest.mark.parametrize("version", [0, 2])
def test_another_wire_is_refused(version: int) -> None:
    referee = Referee()
    request = referee.hello_of("kiosk-1", "a" * 32).model_copy(update={"schema_version": version})
    with pytest.raises(SchemaError):
        referee.greet(request)


def test_a_window_has_a_session_but_no_lane() -> None:
    referee = Referee()
    welcome = referee.greet(referee.hello_of("window-2", Ids()(), DeviceKind.WINDOW, window=2))
    assert (welcome.lane, welcome.plan) == (0, None)
    assert referee.session_of(welcome.session).window == 2
    with pytest.raises(HelloError):
        referee.greet(referee.hello_of("window-2", Ids()(), DeviceKind.WINDOW))
    with pytest.raises(NoSuchWindowError):
        referee.greet(referee.hello_of("window-9", Ids()(), DeviceKind.RATING, window=9))
