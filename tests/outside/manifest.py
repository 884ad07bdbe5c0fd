"""The manifests of a site say what another program finds: the SHA-256 of every file of the output, and of every file that it
was made from.

    manifest.py PROJECT     with content/ and output/
"""

import hashlib
import json
import sys
from pathlib import Path


def check(manifest, project, faults):
    """A folder's manifest; gives how many hashes were right. What is of a release is in the release's own."""
    folder, said = manifest.parent, json.loads(manifest.read_text(encoding="utf-8"))
    own = [path for path in folder.rglob("*") if path.is_file() and path != manifest and path.name != ".gitkeep"]
    inner = {other.parent for other in folder.glob("*/manifest.json")}
    own = {path.relative_to(folder).as_posix() for path in own if not inner & set(path.parents)}
    faults += [f"{manifest}: does not list {name}" for name in own - said["files"].keys()]
    releases = {f"{slug}/manifest.json": hash for slug, hash in said.get("releases", {}).items()}
    faults += [f"{manifest}: does not list {path.name}" for path in inner if f"{path.name}/manifest.json" not in releases]
    right = 0
    for name, hash in {**said["files"], **releases}.items():
        right += compare(folder / name, name, hash, faults)
    for name, hash in {**said["origin"]["dataset"], **said["origin"]["shared"]}.items():
        # What the project does not have, the program brings along.
        if (project / name).exists():
            right += compare(project / name, name, hash, faults)
        elif name.startswith("content/"):
            faults.append(f"{manifest}: made from {name}, which is not there")
    if "release" in said:
        entered = {path.relative_to(project).as_posix() for path in (project / "content" / said["release"]["slug"]).rglob("*") if path.is_file()}
        faults += [f"{manifest}: does not say that it was made from {name}" for name in entered - said["origin"]["dataset"].keys()]
    return right


def compare(path, name, hash, faults):
    found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
    if found != hash:
        faults.append(f"{name}: {found}, its manifest has {hash}")
    return found == hash


def main(project):
    project, faults = Path(project), []
    manifests = sorted((project / "output").rglob("manifest.json"))
    right = sum(check(manifest, project, faults) for manifest in manifests)
    print(f"{project}: {len(manifests)} manifests, {right} hashes are right")
    for fault in faults[:20]:
        print(f"error: {fault}")
    sys.exit(1 if faults or not right else 0)


main(sys.argv[1])
