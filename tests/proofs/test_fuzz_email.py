"""The reader of mails on octets that nobody would write; `python -m tests.proofs fuzz_email` reads many more."""

import random

from tests.proofs import fuzz_email
from tests.proofs.mutations import mutated


def test_no_mail_makes_the_reader_fail_or_takes_two_seconds_or_256_megabytes() -> None:
    figures = fuzz_email.prove(800)

    assert figures["hostile"] >= 75


def test_mutations_are_the_same_in_every_run_and_change_the_mail() -> None:
    mail, other = b"From: a@b.example\r\n\r\nHello", b"Subject: another\r\n\r\nThere"
    made = [[mutated(mail, other, random.Random(seed)) for seed in range(50)] for _ in range(2)]

    assert made[0] == made[1]
    assert len(set(made[0])) > 40
