"""What a day's SMS cost."""

from pynamodb.attributes import NumberAttribute

from chalicelib.store.table.row import Row


class SmsSpendingRow(Row, discriminator="sms-spending"):
    """`micros` are millionths of a dollar, by estimate."""

    micros = NumberAttribute()
