"""What the shop set for WhatsApp: the template that goes out where a free text may not."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WhatsAppSettings:
    """`template` is the name of one that Meta has approved, with three parameters in its body: the shop's name, the
    ticket's number and a link. None: nothing goes out once a session is over. `languages` are Meta's names of the
    languages that it was approved in (`en_US`), by ours.
    """

    template: str | None = None
    languages: Mapping[str, str] = field(default_factory=lambda: {"en": "en", "ar": "ar"})

    def language(self, locale: str) -> str:
        """Meta's name of the language to send the template in: that of `locale`, else the first that there is."""
        return self.languages.get(locale) or next(iter(self.languages.values()), locale)
