"""What stands for one problem in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """`en` and `ar`: title, then one sentence on what it means and what helps."""

    status: int
    en: tuple[str, str]
    ar: tuple[str, str]

    def title(self, locale: str) -> str:
        return (self.ar if locale == "ar" else self.en)[0]

    def meaning(self, locale: str) -> str:
        return (self.ar if locale == "ar" else self.en)[1]
