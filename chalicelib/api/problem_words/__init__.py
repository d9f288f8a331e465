"""The words of problems in English and Arabic, by their stable codes: what went wrong, and what to do about it.

`detail` of a problem says what is wrong with this very request; in Arabic it is the general sentence from here,
since details are made in English all over the core.
"""

from typing import Any

from chalicelib.api.fault_words import FAULTS
from chalicelib.api.problem_words import (
    articles,
    conflicts,
    failures,
    jobs,
    merges,
    proofs,
    refusals,
    requests,
    setting_up,
    suspended,
    webhooks,
)
from chalicelib.api.problem_words.words import Words
from chalicelib.errors import Fault

PROBLEMS: dict[str, Words] = {
    **requests.PROBLEMS,
    **conflicts.PROBLEMS,
    **refusals.PROBLEMS,
    **failures.PROBLEMS,
    **suspended.PROBLEMS,
    **jobs.PROBLEMS,
    **merges.PROBLEMS,
    **proofs.PROBLEMS,
    **setting_up.PROBLEMS,
    **articles.PROBLEMS,
    **webhooks.PROBLEMS,
}

PAGES = {
    "en": {
        "problems": "Problems",
        "intro": "Every error is a problem document (RFC 9457). Its code is stable; its type leads here.",
        "faults": "What may be wrong with a field",
    },
    "ar": {
        "problems": "المشكلات",
        "intro": "كل خطأ مستند مشكلة (RFC 9457). رمزه code ثابت، وعنوانه type يقود إلى هنا.",
        "faults": "ما قد يكون خطأ في حقل",
    },
}


# Faults that are told more closely where this value of theirs is known.
_CLOSER = {
    "unknown-field": ("unknown-field-near", "near"),
    "invalid-characters": ("invalid-characters-form", "form"),
}


def fault(code: str, at: str, locale: str, **values: Any) -> Fault:
    """One fault at the pointer `at`, in the words of `locale`; a known code that is not in FAULTS takes its title."""
    closer, told = _CLOSER.get(code, (code, ""))
    entry = closer if values.get(told) else code
    text = FAULTS[entry][locale == "ar"] if entry in FAULTS else PROBLEMS[code].title(locale)
    return Fault(at, code, text.format(**values))


def of(code: str) -> Words:
    """The words of a problem; those of `internal` for a code that has none."""
    return PROBLEMS.get(code, PROBLEMS["internal"])
