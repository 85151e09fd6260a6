"""Buckets of clients."""

from __future__ import annotations

from dejure.http.rates import Rates, client_of


def test_a_bucket_empties_and_fills() -> None:
    now = [0.0]
    rates = Rates(2, 3, clock=lambda: now[0])
    assert [rates.takes("a") for _ in range(5)] == [True, True, True, False, False]
    assert rates.takes("b")
    now[0] = 1.0
    assert [rates.takes("a") for _ in range(3)] == [True, True, False]
    now[0] = 1000.0
    assert [rates.takes("a") for _ in range(4)] == [True, True, True, False]


def test_no_rate_is_no_limit() -> None:
    rates = Rates(0, 1)
    assert all(rates.takes("a") for _ in range(1000))


def test_clients_are_forgotten() -> None:
    rates = Rates(1, 1, clock=lambda: 0.0)
    for number in range(30_000):
        rates.takes(str(number))
    assert len(rates._buckets) == 10_000


def test_an_ipv6_client_is_its_network() -> None:
    assert client_of("2001:db8::1") == client_of("2001:db8::ffff") != client_of("2001:db8:0:1::1")
    assert client_of("192.0.2.1") != client_of("192.0.2.2")
    assert client_of(None) == ""
