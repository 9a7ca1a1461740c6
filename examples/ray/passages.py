"""Cuts documents into passages with Ray Data, in the workers' own processes: no program is started.

    python passages.py documents.ndjson passages --format wikitext

The input has a document a line: {"id": …, "text": …}. The output is Parquet, a row for each passage. The packages
`fanfold`, `pyarrow` and `ray[data]` must be on every machine.
"""

import argparse


def passages(documents, form=None):
    """The passages of a table of documents with an `id` and a `text`."""
    import fanfold.arrow
    import pyarrow

    sources = list(zip(documents["id"].to_pylist(), documents["text"].to_pylist()))
    # Ray itself decides how many work at once.
    return pyarrow.RecordBatchReader.from_stream(fanfold.arrow.chunks(sources, from_=form, threads=1)).read_all()


def main():
    import ray.data

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="file or folder of NDJSON, wherever Ray reads")
    parser.add_argument("output", help="folder to write to")
    parser.add_argument("--format", help="format of the documents; otherwise their content decides")
    parser.add_argument("--partitions", type=int, default=4, help="number of tasks")
    args = parser.parse_args()

    documents = ray.data.read_json(args.input, file_extensions=None)
    documents = documents.select_columns(["id", "text"]).repartition(args.partitions)
    cut = documents.map_batches(passages, batch_format="pyarrow", batch_size=64, fn_kwargs={"form": args.format})
    cut.write_parquet(args.output)


if __name__ == "__main__":
    main()
