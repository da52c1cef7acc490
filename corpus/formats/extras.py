"""Libraries that only some forms need: present, or which extra to install."""

from importlib import import_module
from types import ModuleType

from corpus.errors import StreamError


def extra(module: str, name: str, what: str) -> ModuleType:
    """Import a library that is installed only on demand.

    Args:
        module: The library's module.
        name: The extra of the package that brings it.
        what: What it is needed for, in the plural.

    Raises:
        StreamError: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise StreamError(
            f"{what} need the extra “{name}”, which is not installed: pip install 'timbao[{name}]'"
        ) from error
