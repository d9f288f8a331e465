"""Jobs and what they report."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class JobRow(Row, discriminator="job"):
    id = UnicodeAttribute()
    type = UnicodeAttribute()
    state = UnicodeAttribute()
    created_by = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    wanted = JSONAttribute(null=True)
    place = JSONAttribute(null=True)
    step = NumberAttribute()
    done = NumberAttribute()
    total = NumberAttribute(null=True)
    results = NumberAttribute()
    tries = NumberAttribute()
    error = JSONAttribute(null=True)
    file = UnicodeAttribute(null=True)
    lease_until = TimeAttribute(null=True)
    finished_at = TimeAttribute(null=True)


class ErasureRow(Row, discriminator="erasure"):
    """Which job erases a customer, or did."""

    job_id = UnicodeAttribute()


class ResultRow(Row, discriminator="result"):
    """One thing a job did or passed over; a long one lies in S3 under `result_key`."""

    number = NumberAttribute()
    result = JSONAttribute(null=True)
    result_key = UnicodeAttribute(null=True)
