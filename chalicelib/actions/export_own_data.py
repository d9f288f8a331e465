"""A customer takes a copy of what he told us and was told: a job like the admins' export, without notes about him."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib import clock
from chalicelib.actions import start_job
from chalicelib.domain.customer import Customer
from chalicelib.domain.job import OWN_EXPORT, Job
from chalicelib.errors import TooManyRequests
from chalicelib.store import allowances, data_wishes, jobs
from chalicelib.store.allowances import Allowance
from chalicelib.store.data_wishes import EXPORT, DataWish

DAILY = Allowance("own-export", 2, timedelta(days=1))


@dataclass(frozen=True)
class Copy:
    """The newest export; `archives` are the names and keys of its files once it is done."""

    job: Job
    archives: tuple[tuple[str, str], ...] = ()


def start(customer: Customer) -> Job:
    """Begin another copy; while one is in the making it is that one.

    Raises:
        TooManyRequests: he asked for two today.
    """
    newest = find(customer)
    if newest and newest.job.at_work:
        return newest.job
    if not allowances.take(DAILY, customer.id):
        raise TooManyRequests("Two copies a day are as many as we make.")
    job = start_job.start(OWN_EXPORT, {"customer_ids": list(customer.all_ids)}, customer.id)
    data_wishes.put(DataWish(customer.id, clock.now(), job_id=job.id), EXPORT)
    return job


def find(customer: Customer) -> Copy | None:
    """The newest copy, as long as it is kept."""
    wish = data_wishes.find(customer.all_ids, EXPORT)
    job = jobs.get(wish.job_id) if wish and wish.job_id else None
    if job is None or job.type != OWN_EXPORT or not set(job.wanted["customer_ids"]) <= set(customer.all_ids):
        return None
    return Copy(job, _archives(job) if job.state == "done" else ())


def _archives(job: Job) -> tuple[tuple[str, str], ...]:
    found = [one.value for one in jobs.results_after(job.id, -1, job.results)]
    return tuple((one["name"], one["key"]) for one in found if "key" in one)
