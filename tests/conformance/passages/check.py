"""Holds the passages of articles to their laws: check.py FANFOLD ARTICLES FOLDER."""

import json, pathlib, shutil, subprocess, sys
import jsonschema

fanfold, articles, work = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
validator = jsonschema.Draft202012Validator(json.loads(subprocess.check_output([fanfold, "schema", "chunks"])))
SIZES = [(2000, None, 0), (500, 100, 0), (300, 20, 80)]


def lines(path, *options):
    out = subprocess.check_output([fanfold, "convert", "-q", path.name, "-t", *options], cwd=path.parent)
    # As str.splitlines has it, which knows more ends of lines than JSON lines have.
    return [json.loads(line) for line in out.decode().splitlines()]


def joined(passages):
    """The document's text, made of what the passages say of it."""
    text = b""
    for passage in passages:
        own = passage["text"].encode()[passage["repeated_bytes"] :]
        assert passage["byte_end"] - passage["byte_start"] == len(own)
        text += b" " * (passage["byte_start"] - len(text)) + own
    return text


def laws(passages, text, source, size, least):
    solid = "".join(text.split())
    assert "".join(joined(passages).decode().split()) == solid, "the texts joined are the document's text"
    for passage, after in zip(passages, passages[1:] + [None]):
        own = passage["text"][passage["repeated_chars"] :]
        assert own == text[passage["char_start"] : passage["char_end"]]
        assert own == text.encode()[passage["byte_start"] : passage["byte_end"]].decode()
        assert passage["next_id"] == (after and after["id"])
        assert after is None or after["previous_id"] == passage["id"]
        assert len(passage["text"]) <= size
        assert len(passage["text"]) >= least or len(passages) == 1
        start, end = passage["source_byte_start"], passage["source_byte_end"]
        if start is not None:
            place = source.encode()[start:end].decode()
            assert place == source[passage["source_char_start"] : passage["source_char_end"]]
        validator.validate(passage)


folders = [work / "one", work / "two"]
files = sorted(articles.glob("*/*.wiki"))
ids, count = set(), 0
for folder in folders:
    folder.mkdir(parents=True)
    for file in files:
        copy = folder / file.name
        shutil.copy(file, copy)
        named = copy.rename(folder / f"{folder.name}-{file.name}")
        source = named.read_text("utf8", newline="") if sys.version_info >= (3, 13) else named.read_bytes().decode()
        text = "\n\n".join(block["text"] for block in lines(named, "flat"))
        for size, least, overlap in SIZES if folder is folders[0] else SIZES[:1]:
            options = ["--chunk-size", size, "--chunk-overlap", overlap, *(["--chunk-min", least] if least else [])]
            passages = lines(named, "chunks", *map(str, options))
            try:
                laws(passages, text, source, size, least or size // 10)
            except AssertionError as error:
                sys.exit(f"{named.name} at {size}: {error or 'a law is broken'}")
            if (size, least, overlap) == SIZES[0]:
                count += len(passages)
                ids.update(passage["id"] for passage in passages)
assert len(ids) == count, f"{count} passages have {len(ids)} identifiers"
print(f"passages: {len(files)} articles under two names, {count} identifiers, each once")
