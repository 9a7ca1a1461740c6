"""Converts documents on a Spark cluster: each task drives one `fanfold pipe`.

    spark-submit --master 'local-cluster[2,1,1024]' convert.py documents.ndjson converted --to text,json

The input has a document a line (see `fanfold pipe --help`), the output a line for each, in the same order. The
program must be on every worker, by its path or on the PATH.
"""

import argparse
import shlex

from pyspark.sql import SparkSession


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input", help="file or folder of NDJSON, on any file system that Spark reads")
    parser.add_argument("output", help="folder to write to; it must not be there")
    parser.add_argument("--to", default="text,json", help="formats to write")
    parser.add_argument("--fanfold", default="fanfold", help="the program")
    parser.add_argument("--partitions", type=int, default=4, help="least number of tasks")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("fanfold").getOrCreate()
    documents = spark.sparkContext.textFile(args.input, minPartitions=args.partitions)
    command = shlex.join([args.fanfold, "pipe", "--to", args.to])
    # A document that fails is a line that says so. With checkCode a program that is not there, or that can't go
    # on at all, fails its task and not silently the result.
    documents.pipe(command, checkCode=True).saveAsTextFile(args.output)
    spark.stop()


if __name__ == "__main__":
    main()
