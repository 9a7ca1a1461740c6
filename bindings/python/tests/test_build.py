"""What is said of the build."""

import tomllib

from conftest import ROOT


def test_it_is_built_as_the_program_is() -> None:
    ours = tomllib.loads((ROOT / "bindings/python/Cargo.toml").read_text())
    its = tomllib.loads((ROOT / "Cargo.toml").read_text())
    # For the tests it is no more optimised here, where it is one of many crates, than there.
    assert ours["profile"]["dev"]["package"].pop("fanfold") == {"opt-level": 0}
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

    its, ours = lock("Cargo.lock"), lock("bindings/python/Cargo.lock")
    others = {name for name in its.keys() & ours.keys() if not ours[name] <= its[name]}
    # What Arrow's hash tables ask for randomness, and what that stands on where there is no Linux.
    assert others <= {"getrandom", "r-efi", "wasi", "wasip2", "wit-bindgen"}
