"""Publishing the catalogue: one whole snapshot takes force at once."""

from hall.catalog import Catalog
from hall.clock import Moment
from hall.errors import CatalogError
from hall.facts import CatalogPublished
from queue_server.store import Transaction
from queue_server.store.records import CatalogSnapshot


def publish_catalog(transaction: Transaction, moment: Moment, catalog: Catalog, staff: str | None = None) -> bool:
    """Put a catalogue in force; the one already in force is left as it is. A window plan in force stays so, if it can.

    Args:
        transaction: The hall's.
        moment: When.
        catalog: The whole of it.
        staff: The manager who did it, None if it came from files.

    Returns:
        Whether anything changed.

    Raises:
        CatalogError: If it belongs to another hall.
    """
    if catalog.hall.id != transaction.hall_id:
        raise CatalogError("办事目录", [f"hall.id 是 {catalog.hall.id}，这个服务器是 {transaction.hall_id}"])
    if transaction.catalog_version():
        plan = transaction.catalog().plan
        catalog = catalog.under(plan if plan in catalog.plans else "")
    return put_in_force(transaction, moment, catalog, staff)


def put_in_force(transaction: Transaction, moment: Moment, catalog: Catalog, staff: str | None) -> bool:
    """This very catalogue from now on; whether anything changed."""
    if transaction.catalog_version() == catalog.version:
        return False
    entry = transaction.record(CatalogPublished(version=catalog.version, staff=staff), moment)
    transaction.put(CatalogSnapshot(catalog.version, catalog.model_dump_json(), entry.seq))
    return True
