#!/usr/bin/env python3
"""Writes bom.cdx.json, the bill of materials in CycloneDX 1.6: every crate that a build with all default
features links or runs, on any target, by Cargo.lock, and the fonts that are built in.

    .ci/bill-of-materials.py            write it anew
    .ci/bill-of-materials.py --check    fail when it is not what would be written

The same Cargo.lock and fonts give the same bytes: no time, no serial number.
"""

import hashlib, json, pathlib, subprocess, sys, tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILE = ROOT / "bom.cdx.json"
# The licence of the fonts of each folder, as LICENSE* in it has it.
FONTS = {"dejavu": "Bitstream-Vera", "libertinus": "OFL-1.1", "noto": "OFL-1.1"}


def crates():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    packages = {p["id"]: p for p in metadata["packages"]}
    nodes = {n["id"]: n for n in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    lock = tomllib.loads((ROOT / "Cargo.lock").read_text())
    sums = {(p["name"], p["version"]): p.get("checksum") for p in lock["package"]}
    found, open_ = {root}, [root]
    while open_:
        for dep in nodes[open_.pop()]["deps"]:
            kept = any(kind["kind"] != "dev" for kind in dep["dep_kinds"])
            if kept and dep["pkg"] not in found:
                found.add(dep["pkg"])
                open_.append(dep["pkg"])
    url = lambda p: f"pkg:cargo/{p['name']}@{p['version']}"
    components, dependencies = [], []
    for package in sorted((packages[i] for i in found), key=lambda p: (p["name"], p["version"])):
        to = {d["pkg"] for d in nodes[package["id"]]["deps"] if d["pkg"] in found}
        dependencies.append({"ref": url(package), "dependsOn": sorted(url(packages[i]) for i in to)})
        if package["id"] == root:
            continue
        component = {
            "type": "library",
            "bom-ref": url(package),
            "name": package["name"],
            "version": package["version"],
            "licenses": [{"expression": package["license"].replace("/", " OR ")}],
            "purl": url(package),
        }
        checksum = sums[package["name"], package["version"]]
        if checksum:
            component["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        components.append(component)
    return packages[root], url(packages[root]), components, dependencies


def fonts():
    for path in sorted((ROOT / "fonts").glob("*/*.[ot]tf")):
        name = path.relative_to(ROOT).as_posix()
        yield {
            "type": "file",
            "bom-ref": name,
            "name": name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
            "licenses": [{"license": {"id": FONTS[path.parent.name]}}],
        }


def bill():
    root, ref, components, dependencies = crates()
    of = {"type": "application", "bom-ref": ref, "name": root["name"], "version": root["version"], "purl": ref}
    of["licenses"] = [{"expression": root["license"]}]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": of},
        "components": components + list(fonts()),
        "dependencies": dependencies,
    }


text = json.dumps(bill(), indent=1) + "\n"
if sys.argv[1:] == ["--check"]:
    if not FILE.exists() or FILE.read_text() != text:
        sys.exit("bom.cdx.json is not what Cargo.lock and fonts/ say: run .ci/bill-of-materials.py")
else:
    FILE.write_text(text)
