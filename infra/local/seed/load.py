"""Makes the world of a seed."""

import secrets


def load(seed: str, api_key: str) -> str:
    return api_key or "dwn_" + secrets.token_urlsafe(24)
