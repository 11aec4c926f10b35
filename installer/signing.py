"""Signs program files if a key is configured; without one nothing is signed, and the build says so.

SIGNALOS_SIGN is a command with {file} in it, for instance
`signtool sign /fd SHA256 /tr http://timestamp.digicert.com /td SHA256 /sha1 THUMBPRINT {file}`.
"""

import os
import shlex
import subprocess
from pathlib import Path

from installer.pins import RecipeError

VARIABLE = "SIGNALOS_SIGN"


def configured() -> str:
    return os.environ.get(VARIABLE, "")


def sign(*files: Path) -> None:
    if not (command := configured()):
        return
    pattern = shlex.split(command, posix=os.name != "nt")
    for file in files:
        words = [word.replace("{file}", str(file)) for word in pattern]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RecipeError(f"{file.name} could not be signed:\n{done.stdout}{done.stderr}")
