"""Signal text to Reading: the one place where messages are read."""

from signalos_desktop.domain.parsing.concepts import Concept
from signalos_desktop.domain.parsing.provider import Provider
from signalos_desktop.domain.parsing.reader import read, warm_up
from signalos_desktop.domain.parsing.schema import to_schema

__all__ = ["Concept", "Provider", "read", "to_schema", "warm_up"]
