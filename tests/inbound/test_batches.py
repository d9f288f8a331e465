"""What fails of a batch comes again; what did not fail is done."""

from chalicelib.inbound.batches import in_order


def record(number):
    return {"dynamodb": {"SequenceNumber": str(number)}, "value": number}


def test_a_bad_record_holds_back_nobody_but_itself():
    done = []

    def handle(values):
        if 2 in values:
            raise ValueError("poison")
        done.extend(values)

    report = in_order([record(n) for n in (1, 2, 3)], handle, lambda one: one["value"])

    assert done == [1, 3]
    assert report == {"batchItemFailures": [{"itemIdentifier": "2"}]}


def test_a_good_batch_is_handled_as_one():
    calls = []

    report = in_order([record(1), record(2)], calls.append, lambda one: one["value"])

    assert (calls, report) == ([[1, 2]], {"batchItemFailures": []})
