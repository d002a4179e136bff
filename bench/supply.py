"""What the program is made of, and whether anything of it is known to be vulnerable.

    python -m bench.supply --json - [--sbom build/sbom.cdx.json]

Prints how many of the locked packages were `audited` and how many `skipped` (the advisory service did not know or answer), and what is
`vulnerable`. The bill of materials (CycloneDX 1.6) lists every locked package with the hashes that are accepted.
Packages that are locked for other platforms only are in the bill and not asked about.
Ends with 0 only when every package was audited and none is vulnerable, with 1 when one is, with 3 when something was not checked.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.model import Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from bench.printed import put

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
SBOM = ROOT / "build" / "sbom.cdx.json"
VULNERABLE, NOT_CHECKED = 1, 3
PATIENCE = 300
"""Seconds for the advisory service."""
_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>(?:.*\\\n)*.*)", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(lock: str) -> Bom:
    """Every locked package."""
    bom = Bom()
    program = Component(name="headquarters", type=ComponentType.APPLICATION)
    bom.metadata.component = program
    for found in _PINNED.finditer(lock):
        name, version = found["name"], found["version"]
        accepted = [Property(name="accepted:sha256", value=one) for one in _HASH.findall(found["rest"])]
        purl = PackageURL("pypi", None, name.lower(), version)
        bom.components.add(
            Component(
                name=name,
                version=version,
                purl=purl,
                bom_ref=str(purl),
                type=ComponentType.LIBRARY,
                properties=accepted,
            )
        )
    bom.register_dependency(program, bom.components)
    return bom


def audit(lock: Path) -> dict[str, Any]:
    """What pip-audit says of each package; a service that cannot be asked leaves all of them skipped."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(lock),
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
    ]
    try:
        done = subprocess.run([*command, "-f", "json"], capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - ours
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        packages = []
    return told(packages)


def told(packages: list[dict[str, Any]]) -> dict[str, Any]:
    """Counted: a package that was skipped was not audited, whatever the exit code said."""
    vulnerable = {one["name"]: [flaw["id"] for flaw in one["vulns"]] for one in packages if one.get("vulns")}
    audited = sum(1 for one in packages if "skip_reason" not in one)
    return {"audited": audited, "skipped": len(packages) - audited, "vulnerable": vulnerable}


def verdict(counts: dict[str, Any]) -> str:
    if counts["vulnerable"]:
        return "vulnerable"
    return "not checked" if counts["skipped"] or not counts["audited"] else "nothing known"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", default="-", help="where the figures go; - is standard output")
    parser.add_argument("--sbom", type=Path, default=SBOM, help="where the bill of materials goes")
    args = parser.parse_args()
    bom = bill(LOCK.read_text("utf-8"))
    args.sbom.parent.mkdir(parents=True, exist_ok=True)
    args.sbom.write_text(JsonV1Dot6(bom).output_as_string(indent=2) + "\n", "utf-8")
    counts = {"locked": len(bom.components), **audit(LOCK)}
    said = verdict(counts)
    put({**counts, "verdict": said}, args.json)
    return {"vulnerable": VULNERABLE, "not checked": NOT_CHECKED}.get(said, 0)


if __name__ == "__main__":
    sys.exit(main())
