"""`python -m infra.local.check_templates`: says which templates of pages, mails and text messages do not compile."""

import sys

from jinja2 import TemplateSyntaxError

from chalicelib import render


def main() -> int:
    environment = render.environment()
    faults = [fault for name in environment.list_templates() if (fault := _fault(name))]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


def _fault(name: str) -> str | None:
    try:
        render.environment().get_template(name)
    except TemplateSyntaxError as error:
        return f"{error.filename or name}:{error.lineno}: {error.message}"
    return None


if __name__ == "__main__":
    sys.exit(main())
