"""Takes announced files that were uploaded to where attachments stay: what lies where they were put is swept away."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from chalicelib.domain.message import Attachment
from chalicelib.store import files


def keep(announced: Sequence[Attachment | None]) -> list[Attachment | None]:
    """Each of them as a message can name it; None for one that was not uploaded, or is None.

    What was kept before stays as it is: its form may have put up other octets since, and a message may name the first.
    """
    if not announced:
        return []
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(_kept, announced))


def _kept(announced: Attachment | None) -> Attachment | None:
    if announced is None:
        return None
    kept = replace(announced, key=f"attachments/uploaded/{announced.id}")
    return kept if files.is_there(kept.key) or files.copy(announced.key, kept.key) else None
