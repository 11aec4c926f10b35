"""Where icons and fonts lie: beside the package, in a checkout and in an installation alike."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
