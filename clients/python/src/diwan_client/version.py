"""The version of this package."""

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("diwan-client")
except PackageNotFoundError:  # used from a checkout, without being installed
    VERSION = "0"
