"""Imports every module of an installation's package; says which could not be and why."""

import pkgutil
import sys
from importlib import import_module

import signalos_desktop

names = [one.name for one in pkgutil.walk_packages(signalos_desktop.__path__, "signalos_desktop.")]
failed = 0
for name in names:
    if name.endswith(".__main__"):
        continue
    try:
        import_module(name)
    except ImportError as error:
        failed += 1
        sys.stdout.write(f"{name}: {error}\n")
sys.stdout.write(f"{len(names)} modules, {failed} failed\n")
