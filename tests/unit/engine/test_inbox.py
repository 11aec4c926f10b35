"""The inbox: ids, versions of a message, what waits and what is over."""

from datetime import timedelta

from signalos_desktop.domain import parsing
from signalos_desktop.domain.signal import Message
from signalos_desktop.engine.entries import KnownSignal, SignalEntry, SignalState
from signalos_desktop.engine.inbox import Inbox
from tests.helpers.rig import GOOD, NOON


def entry(signal: str = "S000001", text: str = GOOD, **message: object) -> SignalEntry:
    said = Message(text, **message)  # type: ignore[arg-type] # the test names fields
    return SignalEntry(signal, NOON, said, parsing.read(text), NOON + timedelta(seconds=60))


def test_ids_go_on_where_the_journal_ended() -> None:
    inbox = Inbox(41)
    assert (inbox.new_id(), inbox.new_id()) == ("S000042", "S000043")


def test_a_new_signal_waits_for_review_until_it_is_judged() -> None:
    inbox = Inbox(0)
    item = inbox.add(entry())
    assert inbox.get("S000001") is item
    assert inbox.get("S000002") is None
    assert inbox.waiting() == [item]
    changed = inbox.change(item, SignalState.FIRED, "", NOON)
    assert (changed.signal, changed.state) == ("S000001", SignalState.FIRED)
    assert inbox.waiting() == []


def test_what_waits_expires_at_its_time() -> None:
    inbox = Inbox(0)
    item = inbox.add(entry())
    assert inbox.expired(NOON + timedelta(seconds=59)) == []
    assert inbox.expired(NOON + timedelta(seconds=60)) == [item]
    inbox.change(item, SignalState.DONE, "", NOON)
    assert inbox.expired(NOON + timedelta(hours=1)) == []


def test_the_newest_version_of_a_message_is_the_earlier_one() -> None:
    inbox = Inbox(0)
    inbox.restore([KnownSignal(entry(provider="gold", message_id="7"), SignalState.READY, "")])
    newer = inbox.add(entry("S000002", provider="gold", message_id="7"))
    assert inbox.earlier(Message("x", provider="gold", message_id="7")) is newer
    assert inbox.earlier(Message("x", provider="other", message_id="7")) is None
    assert inbox.earlier(Message("x")) is None


def test_a_reply_is_read_with_the_text_it_answers() -> None:
    inbox = Inbox(0)
    inbox.add(entry(provider="gold", message_id="7"))
    assert inbox.text_of(Message("close", provider="gold", reply_to="7")) == GOOD
    assert inbox.text_of(Message("close", provider="gold", reply_to="BUY GOLD")) == "BUY GOLD"
    assert inbox.text_of(Message("close")) is None
