"""A regular expression that is compiled when it is first used: most processes read no mail, and the words of many
languages take a tenth of a second to compile."""

import re
from collections.abc import Iterator
from functools import cached_property


class LatePattern:
    """The methods of `re.Pattern` that are used; `source` is its text. Raises re.error at the first use."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _compiled(self) -> "re.Pattern[str]":
        return re.compile(self._source)

    def match(self, text: str) -> "re.Match[str] | None":
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> "re.Match[str] | None":
        return self._compiled.fullmatch(text)

    def search(self, text: str, start: int = 0) -> "re.Match[str] | None":
        return self._compiled.search(text, start)

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        return self._compiled.finditer(text)
