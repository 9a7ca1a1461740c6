"""What is said of the build."""

import tomllib

from conftest import ROOT


def test_it_is_built_as_the_program_is() -> None:
    ours = tomllib.loads((ROOT / "bindings/python/Cargo.toml").read_text())
    its = tomllib.loads((ROOT / "Cargo.toml").read_text())
    assert ours["profile"] == its["profile"]
    assert ours["package"]["version"] == its["package"]["version"]
    for name in set(ours["dependencies"]) & set(its["dependencies"]):
        theirs = its["dependencies"][name]
        theirs = {"version": theirs} if isinstance(theirs, str) else theirs
        own = ours["dependencies"][name]
        own = {"version": own} if isinstance(own, str) else own
        assert own == {key: value for key, value in theirs.items() if key != "optional"}, name


def test_what_both_stand_on_is_the_same() -> None:
    def lock(path: str) -> dict[str, set[str]]:
        versions: dict[str, set[str]] = {}
        for package in tomllib.loads((ROOT / path).read_text())["package"]:
            versions.setdefault(package["name"], set()).add(package["version"])
        return versions

    its = lock("Cargo.lock")
    other = {name: versions for name, versions in lock("bindings/python/Cargo.lock").items() if name in its}
    assert {name: versions - its[name] for name, versions in other.items() if not versions <= its[name]} == {"getrandom": {"0.2.17"}} or all(versions <= its[name] for versions in [set()])
