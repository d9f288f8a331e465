"""What the law gives a customer: to be told all that we know of him, and to be forgotten (GDPR, articles 15 to 20)."""

from chalicelib.actions import erase_customer, start_job
from chalicelib.api import customers
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.jobs import accepted
from chalicelib.api.operation import operation
from chalicelib.api.schemas.jobs import Job


@operation("Erase a customer", gives=Job, status=202, refuses=("customer-not-found", "version-mismatch"))
def erase(call: Call) -> Answer:
    """His name and contacts are gone when this answers; the job takes all texts and files out of his tickets.

    With him go the customers who were merged into him. It cannot be undone.
    """
    return accepted(erase_customer.erase(customers.id_of(call), call.actor, call.version))


@operation("Export a customer", gives=Job, status=202, refuses=("customer-not-found",))
def export(call: Call) -> Answer:
    """Everything we know of him, as JSON Lines and files in one archive: see the job's `url` when it is done."""
    customer = customers.named(call)
    wanted = {"customer_ids": list(customer.all_ids)}
    return accepted(start_job.start("customer_export", wanted, call.owner.id, call.keyed(accepted)))
