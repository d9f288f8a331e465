"""What the clock starts."""


def every_minute() -> None:
    """Put jobs for all that is due."""
    from chalicelib.actions.run_due import sweep

    sweep()


def every_night() -> None:
    """Check the counters, make the article index anew and sweep out its old editions."""
    from chalicelib.actions import update_search
    from chalicelib.actions.recount import recount
    from chalicelib.search import articles

    recount()
    update_search.rebuild()
    articles.sweep()
