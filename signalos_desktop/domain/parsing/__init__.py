"""Signal text to Reading: the one place where messages are read."""

from signalos_desktop.domain.parsing.profile import PLAIN, Profile, Role
from signalos_desktop.domain.parsing.reader import read, warm_up
from signalos_desktop.domain.parsing.schema import to_schema

__all__ = ["PLAIN", "Profile", "Role", "read", "to_schema", "warm_up"]
