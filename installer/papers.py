"""What goes along on paper: the licences of everything shipped, the list of parts, the manifest."""

import hashlib
import json
import shutil
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path

from installer.pins import HERE, Pin, RecipeError, Runtime
from installer.sources import sha256

MANIFEST = "manifest.json"
PARTS = "sbom.cdx.json"
_LICENCE_NAMES = ("licen", "copying", "notice", "authors")
_SPACE = uuid.UUID("6f4ef1c2-6f0c-5c1e-9a53-2f4c3b7c1d55")


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is shipped. sha256: of the file it came in."""

    name: str
    version: str
    licence: str
    purl: str
    sha256: str


def collect_licences(lib: Path, target: Path, project: Path) -> None:
    """Ours, those that travel in the wheels, and the texts that Qt's licence refers to."""
    target.mkdir()
    shutil.copyfile(project / "LICENSE", target / "SignalOS-Desktop.txt")
    for path in sorted((HERE / "licences").iterdir()):
        shutil.copyfile(path, target / path.name)
    for papers in sorted(lib.glob("*.dist-info")):
        for path in sorted(papers.rglob("*")):
            if path.is_file() and path.name.lower().startswith(_LICENCE_NAMES):
                place = target / papers.name.removesuffix(".dist-info") / path.relative_to(papers)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)


def parts_of(wheels: Iterable[tuple[Pin, Path]], lib: Path, runtime: Runtime) -> list[Part]:
    """The wheels of which something is shipped, and Python itself."""
    parts = [
        Part(
            "python",
            runtime.python,
            "PSF-2.0",
            f"pkg:generic/python@{runtime.python}",
            runtime.sha256,
        )
    ]
    for pin, wheel in wheels:
        papers = lib / f"{'-'.join(wheel.name.split('-')[:2])}.dist-info"
        if papers.is_dir():
            licence = licence_of(BytesParser().parsebytes((papers / "METADATA").read_bytes()))
            purl = f"pkg:pypi/{pin.name}@{pin.version}"
            parts.append(Part(pin.name, pin.version, licence, purl, sha256(wheel)))
    return parts


def licence_of(metadata: Message) -> str:
    """In the words of the package: its expression, its field if that is short, its classifiers."""
    for field in ("License-Expression", "License"):
        if (text := str(metadata.get(field, ""))) and len(text.splitlines()) == 1:
            return text
    classifiers = [str(one) for one in metadata.get_all("Classifier", [])]
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    if not named:
        raise RecipeError(f"{metadata['Name']} states no licence: look at it before shipping it")
    return " AND ".join(named)


def parts_list(version: str, parts: Sequence[Part]) -> str:
    """CycloneDX 1.6; its serial number follows from what it says."""
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "purl": part.purl,
            "licenses": [{"license": {"name": part.licence}}],
            "hashes": [{"alg": "SHA-256", "content": part.sha256}],
        }
        for part in parts
    ]
    own = {
        "type": "application",
        "name": "signalos-desktop",
        "version": version,
        "licenses": [{"license": {"id": "MIT"}}],
    }
    said = json.dumps([own, components], sort_keys=True)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, said)}",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
    }
    return json.dumps(document, indent=1) + "\n"


def write_manifest(stage: Path, version: str, runtime: Runtime) -> None:
    """Every staged file with its hash: what `doctor` compares an installation with."""
    files = {
        path.relative_to(stage).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(stage.rglob("*"))
        if path.is_file()
    }
    manifest = {
        "format": 1,
        "product": "SignalOS Desktop",
        "version": version,
        "python": runtime.python,
        "runtime": runtime.name,
        "files": files,
    }
    text = json.dumps(manifest, indent=0, sort_keys=True, ensure_ascii=False) + "\n"
    (stage / MANIFEST).write_text(text, "utf-8", newline="\n")
