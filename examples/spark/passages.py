"""Cuts documents into passages on a Spark cluster, in the workers' own processes: no program is started.

    spark-submit --master 'local-cluster[2,1,1024]' passages.py documents.ndjson passages --format wikitext

The input has a document a line: {"id": …, "text": …}. The output is Parquet, a row for each passage. The packages
`fanfold` and `pyarrow` must be on every worker.
"""

import argparse

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema


def passages(documents, form):
    """The passages of documents with an `id` and a `text`, as record batches."""
    import fanfold.arrow
    import pyarrow

    sources = list(zip(documents["id"].to_pylist(), documents["text"].to_pylist()))
    # Spark itself decides how many work at once.
    return pyarrow.RecordBatchReader.from_stream(fanfold.arrow.chunks(sources, from_=form, threads=1))


def main():
    import pyarrow

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="file or folder of NDJSON, on any file system that Spark reads")
    parser.add_argument("output", help="folder to write to; it must not be there")
    parser.add_argument("--format", help="format of the documents; otherwise their content decides")
    parser.add_argument("--partitions", type=int, default=4, help="number of tasks")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("fanfold").getOrCreate()
    documents = spark.read.schema("id string, text string").json(args.input).repartition(args.partitions, "id")
    none = pyarrow.RecordBatch.from_pydict({"id": pyarrow.array([], "string"), "text": pyarrow.array([], "string")})
    schema = from_arrow_schema(passages(none, args.format).schema)
    form = args.format
    cut = documents.mapInArrow(lambda batches: (p for batch in batches for p in passages(batch, form)), schema)
    cut.write.parquet(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
