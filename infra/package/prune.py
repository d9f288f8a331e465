"""Leaves out of the package what never runs there: most of botocore's and Babel's data, stubs, tests, records of pip.

A service used for the first time must be named in `SERVICES`, or botocore will not know it on Lambda.
"""

import shutil
from collections.abc import Iterable
from pathlib import Path

# Unpruned, the descriptions of some 400 services are 15.7 MB of the zip.
SERVICES = frozenset(
    {
        "cloudwatch",
        "connect",
        "dynamodb",
        "pinpoint-sms-voice-v2",
        "s3",
        "secretsmanager",
        "sesv2",
        "sns",
        "socialmessaging",
        "sqs",
        "sts",
    }
)
# Unpruned, Babel's 1,100 locales are 9.8 MB of it. `root` is what every locale inherits from; of a region we take only
# the digits, which `i18n` knows by itself.
LANGUAGES = frozenset({"root", "en", "ar"})

# Unpruned, the stemmers of 37 languages are 0.3 MB of it, and each process would load them all.
STEMMERS = frozenset({"english_stemmer", "basestemmer", "among"})

_USELESS_FILES = ("*.pyi", "py.typed", "*.pyx", "*.pxd", "*.c", "*.h", "examples-1.json*", "dateutil-zoneinfo.tar.gz")
# babel/messages reads and writes catalogues: the package carries them compiled.
_USELESS_FOLDERS = ("__pycache__", "tests", "*.data", "boto3/examples", "babel/messages", "*.dist-info/sboms")
# What stands for emergency and premium numbers, region by region, is read when such a number is asked about.
_SHORT_NUMBERS = "phonenumbers/shortdata/region_*.py"
_RECORDS_OF_PIP = ("RECORD", "WHEEL", "INSTALLER", "REQUESTED", "entry_points.txt", "top_level.txt")


def prune(code: Path) -> None:
    """Delete in the unpacked package `code` what no handler needs. Licences stay: they must go with the copies."""
    _remove(_other_services(code / "botocore" / "data"))
    _remove(_other_services(code / "boto3" / "data"))
    _remove(_other_locales(code / "babel" / "locale-data"))
    _leave_stemmers(code / "snowballstemmer")
    for pattern in (*_USELESS_FILES, *_USELESS_FOLDERS, _SHORT_NUMBERS):
        _remove(code.rglob(pattern))
    for name in _RECORDS_OF_PIP:
        _remove(code.glob(f"*.dist-info/{name}"))


def _other_services(data: Path) -> Iterable[Path]:
    return (folder for folder in data.glob("*/") if folder.is_dir() and folder.name not in SERVICES)


def _other_locales(data: Path) -> Iterable[Path]:
    return (file for file in data.glob("*.dat") if file.stem not in LANGUAGES)


def _leave_stemmers(package: Path) -> None:
    """Leave the stemmers we use; the package's own `__init__` would import every other one."""
    _remove(file for file in package.glob("*.py") if file.stem not in STEMMERS)
    if package.is_dir():
        (package / "__init__.py").write_text("")


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
