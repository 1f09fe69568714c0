"""How often one address may ask."""

from queue_server.web.ticket.allowance import Allowance


def test_so_many_at_once_then_at_a_steady_rate() -> None:
    allowance = Allowance(3, 0.5)
    assert [allowance.spend("a", 10.0) for _ in range(5)] == [True, True, True, False, False]
    assert not allowance.spend("a", 11.0)
    assert allowance.spend("a", 12.0)
    assert not allowance.spend("a", 12.5)


def test_addresses_do_not_pay_for_each_other() -> None:
    allowance = Allowance(1, 0.1)
    assert allowance.spend("a", 0.0)
    assert allowance.spend("b", 0.0)
    assert not allowance.spend("a", 1.0)


def test_never_more_than_a_full_purse_and_never_more_purses_than_can_be_held() -> None:
    allowance = Allowance(2, 1)
    assert [allowance.spend("a", at) for at in (0.0, 1_000.0, 1_000.0, 1_000.0)] == [True, True, True, False]
    for n in range(20_000):
        allowance.spend(f"address {n}", 1_000.0)
    assert len(allowance) == 10_000
