"""listing.py RUSTDOC.json: every public item of the crate, a line each, with its signature.

The line of a variant or of a tuple has what it holds, as one writes it. What is derived or might be
has no line: that a type is Debug or has a default is what its documentation lists. All other implementations
are listed.
"""
import json
import sys

crate = json.load(open(sys.argv[1], encoding="utf8"))
index = crate["index"]
lines = set()
DERIVABLE = {"Clone", "Copy", "Debug", "Default", "Deserialize", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd", "Serialize"}


def args(of):
    if not of:
        return ""
    if "angle_bracketed" in of:
        given = of["angle_bracketed"]
        parts = [next(iter(a.values())) if "lifetime" in a else kind(a["type"]) if "type" in a else "_"
                 for a in given["args"] if isinstance(a, dict)]
        for constraint in given.get("constraints", []):
            binding = constraint["binding"]
            if "equality" in binding:
                parts.append(f"{constraint['name']} = {kind(binding['equality'].get('type'))}")
        return f"<{', '.join(parts)}>" if parts else ""
    given = of.get("parenthesized", {})
    return f"({', '.join(map(kind, given.get('inputs', [])))})" + output(given.get("output"))


def output(of):
    return f" -> {kind(of)}" if of else ""


def bounds(of):
    parts = []
    for bound in of:
        if "trait_bound" in bound:
            trait = bound["trait_bound"]["trait"]
            parts.append(trait["path"].split("::")[-1] + args(trait.get("args")))
        elif "outlives" in bound:
            parts.append(bound["outlives"])
    return " + ".join(parts)


def kind(of):
    """A type as it would be written."""
    if of is None:
        return "_"
    (name, what), = of.items()
    if name == "resolved_path":
        return what["path"].split("::")[-1] + args(what.get("args"))
    if name in ("primitive", "generic"):
        return what
    if name == "borrowed_ref":
        lifetime = f"{what['lifetime']} " if what.get("lifetime") else ""
        return f"&{lifetime}{'mut ' if what['is_mutable'] else ''}{kind(what['type'])}"
    if name == "slice":
        return f"[{kind(what)}]"
    if name == "array":
        return f"[{kind(what['type'])}; {what['len']}]"
    if name == "tuple":
        return f"({', '.join(map(kind, what))})"
    if name == "impl_trait":
        return f"impl {bounds(what)}"
    if name == "dyn_trait":
        traits = [t["trait"]["path"].split("::")[-1] + args(t["trait"].get("args")) for t in what["traits"]]
        return f"dyn {' + '.join(traits)}"
    if name == "qualified_path":
        return f"{kind(what['self_type'])}::{what['name']}"
    if name == "function_pointer":
        return f"fn({', '.join(kind(t) for _, t in what['sig']['inputs'])}){output(what['sig'].get('output'))}"
    return name


def generics(of):
    params = [p["name"] for p in of["params"] if not p["name"].startswith("impl ") and not p["name"].startswith("'")]
    return f"<{', '.join(params)}>" if params else ""


def public(item):
    return item["visibility"] in ("public", "default")


def fields(of):
    """Those of a variant that are shown."""
    return [index[str(identifier)] for identifier in of if identifier is not None and str(identifier) in index]


def members(of, path):
    for identifier in of:
        item = index.get(str(identifier))
        if item and public(item):
            walk(item, path)


def implementations(of, path):
    for identifier in of:
        item = index.get(str(identifier))
        if not item:
            continue
        implementation = item["inner"]["impl"]
        if implementation["trait"]:
            derived = implementation["trait"]["path"].split("::")[-1]
            by_itself = implementation["is_synthetic"] or implementation["blanket_impl"]
            if not by_itself and derived not in DERIVABLE and "automatically_derived" not in item["attrs"]:
                lines.add(f"impl {derived}{args(implementation['trait'].get('args'))} for {path}")
        else:
            members(implementation["items"], path)


def walk(item, path, name=None):
    (sort, what), = item["inner"].items()
    name = name or item["name"]
    here = f"{path}::{name}" if name else path
    if sort == "module":
        if path:
            lines.add(f"mod {here}")
        members(what["items"], here if path else name)
    elif sort == "use":
        target = index.get(str(what.get("id")))
        if target and what["is_glob"]:
            members(target["inner"]["module"]["items"], path)
        elif target:
            walk(target, path, what["name"])
    elif sort == "function":
        signature = what["sig"]
        inputs = ", ".join(f"{n}: {kind(t)}" if n != "self" else ("self" if kind(t) == "Self" else kind(t)) for n, t in signature["inputs"])
        lines.add(f"fn {here}{generics(what['generics'])}({inputs}){output(signature.get('output'))}")
    elif sort in ("struct", "enum", "union"):
        shape = what.get("kind")
        held = fields(shape["tuple"]) if isinstance(shape, dict) and "tuple" in shape else []
        held = f"({', '.join(kind(f['inner']['struct_field']) for f in held)})" if held else ""
        lines.add(f"{sort} {here}{generics(what['generics'])}{held}")
        if sort == "enum":
            members(what["variants"], here)
        else:
            members(shape.get("plain", {}).get("fields", []) if isinstance(shape, dict) else [], here)
        implementations(what["impls"], here)
    elif sort == "variant":
        shape = what["kind"]
        held = ""
        if isinstance(shape, dict) and "tuple" in shape:
            held = f"({', '.join(kind(f['inner']['struct_field']) for f in fields(shape['tuple']))})"
        elif isinstance(shape, dict):
            named = (f"{f['name']}: {kind(f['inner']['struct_field'])}" for f in fields(shape["struct"]["fields"]))
            held = f" {{ {', '.join(named)} }}"
        lines.add(f"variant {here}{held}")
    elif sort == "struct_field":
        lines.add(f"field {here}: {kind(what)}")
    elif sort == "trait":
        lines.add(f"trait {here}")
        members(what["items"], here)
    elif sort in ("constant", "assoc_const"):
        lines.add(f"const {here}: {kind(what['type'])}")
    elif sort == "static":
        lines.add(f"static {here}: {kind(what['type'])}")
    elif sort == "type_alias":
        lines.add(f"type {here} = {kind(what['type'])}")
    elif sort == "assoc_type":
        lines.add(f"type {here}")


walk(index[str(crate["root"])], "")
print("\n".join(sorted(lines, key=lambda line: line.split(" ", 1)[::-1])))
