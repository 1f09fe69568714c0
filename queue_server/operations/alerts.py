"""Alerts 警报: raised, escalated and ended as the hall changes, acknowledged by a manager; each step is a fact."""

from collections.abc import Sequence

from hall.alerts import Alert, AlertAcknowledged, AlertRules, Sign, Watched, due
from hall.clock import Moment
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations.office import Office
from queue_server.operations.scene import Outcome
from queue_server.operations.trusted_clock import is_trusted
from queue_server.store import Transaction


def record_due(
    transaction: Transaction, moment: Moment, watched: Watched, signs: Sequence[Sign], rules: AlertRules
) -> None:
    """Record what is due by a look at the hall; nothing by a clock that has leapt.

    Args:
        transaction: The hall's store.
        moment: Now.
        watched: With this look seen.
        signs: What stood at it.
        rules: The hall's own.
    """
    if not is_trusted(transaction, moment):
        return
    alerts = [alert for alert in transaction.every(Alert) if alert.key in watched.gone or _stands(alert, signs)]
    for fact in due(watched, signs, alerts, rules, moment.wall_us):
        transaction.record(fact, moment)


def acknowledge(office: Office, command: commands.AcknowledgeAlert) -> Outcome:
    """Somebody has seen an alert. One that is over, or was raised anew since, is another one."""
    alert = office.transaction.get(Alert, command.about, command.subject)
    if alert is None or alert.raised_at != command.raised_at:
        return Refusal.ALREADY_OVER
    if alert.acknowledged_at:
        return office.nothing_to_do
    return office.record(
        AlertAcknowledged(about=alert.about, subject=alert.subject, staff=office.session.subject, note=command.note)
    )


def _stands(alert: Alert, signs: Sequence[Sign]) -> bool:
    return any(sign.key == alert.key for sign in signs)
