"""The page at `/_local`."""


def html() -> str:
    return "<!doctype html><title>Diwan</title>"
