"""Holds passages that many workers made against those of one process: same.py DOCUMENTS PARQUET FORMAT."""

import json, sys
import fanfold.arrow, pyarrow, pyarrow.parquet

documents, parquet, form = sys.argv[1:]


def lines(table):
    table = table.sort_by([("input", "ascending"), ("byte_start", "ascending")])
    return [json.dumps(row, ensure_ascii=False).encode() for row in table.to_pylist()]


sources = [(line["id"], line["text"]) for line in map(json.loads, open(documents, encoding="utf8"))]
one = pyarrow.RecordBatchReader.from_stream(fanfold.arrow.chunks(sources, from_=form)).read_all()
many = pyarrow.parquet.read_table(parquet)
assert many.column_names == one.column_names, many.column_names
one, many = lines(one), lines(many)
assert len(one) > len(sources), f"{len(one)} passages of {len(sources)} documents"
differing = sum(a != b for a, b in zip(one, many))
assert one == many, f"{len(many)} passages, {len(one)} by one process; {differing} differ"
print(f"{len(one)} passages of {len(sources)} documents, the same bytes as by one process")
