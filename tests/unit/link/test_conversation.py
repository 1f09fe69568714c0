"""The conversation of a ledger with its server, spoken by hand: no thread, no socket."""

from pathlib import Path

import pytest

from hall.clock import Moment
from hall.wire.sync import FeedHead, Push, Pushed
from queue_server.link.conversation import CatalogWanted, Conversation, Introduction
from queue_server.link.errors import ServerAway, ServerGarbled
from queue_server.link.ledger import Ledger
from tests.support.ledgers import issue, open_ledger, welcome
from tests.support.referee import small_catalog

NOW = Moment(wall_us=1, mono_us=1, boot_id="0" * 32)


def greeted(ledger: Ledger) -> Conversation:
    """A conversation after the hello, with the catalogue taken over."""
    conversation, catalog = Conversation(ledger), small_catalog()
    hello = conversation.next_request(NOW)
    assert isinstance(hello, Introduction)
    conversation.take(hello, welcome(catalog_version=catalog.version))
    wanted = conversation.next_request(NOW)
    assert wanted == CatalogWanted(catalog.version)
    assert conversation.take(wanted, catalog)
    return conversation


def test_hello_then_catalogue_then_facts_then_rest(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        conversation = greeted(ledger)
        assert conversation.next_request(NOW) is None
        issue(ledger)
        push = conversation.next_request(NOW)
        assert isinstance(push, Push)
        assert [sent.fact.lane_seq for sent in push.facts] == [1]
        conversation.take(push, Pushed(highwater=1))
        assert conversation.next_request(NOW) is None


def test_a_server_that_does_not_get_on_is_not_asked_for_ever(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        conversation = greeted(ledger)
        issue(ledger)
        push = conversation.next_request(NOW)
        assert isinstance(push, Push)
        with pytest.raises(ServerGarbled):
            conversation.take(push, Pushed(highwater=0))


def test_an_answer_to_another_question_is_garbled(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        conversation = Conversation(ledger)
        hello = conversation.next_request(NOW)
        assert hello is not None
        with pytest.raises(ServerGarbled):
            conversation.take(hello, Pushed(highwater=1))


def test_a_newer_catalogue_than_the_one_named_is_asked_for_once(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        conversation = greeted(ledger)
        conversation.hear([FeedHead(seq=0, server_epoch="e" * 32, server_time=1, catalog_version="v2")])
        wanted = conversation.next_request(NOW)
        assert wanted == CatalogWanted("v2")
        conversation.take(wanted, small_catalog())
        assert conversation.next_request(NOW) is None


def test_another_epoch_in_the_feed_ends_the_conversation(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        conversation = greeted(ledger)
        with pytest.raises(ServerAway):
            conversation.hear([FeedHead(seq=0, server_epoch="f" * 32, server_time=1, catalog_version="")])
