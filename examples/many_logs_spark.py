"""Explains many log files with Spark's RDD.pipe, and prints the findings of all as
`orgerr explain -o jsonl FILE...` does. Needs `pip install pyspark`, Java 17 or newer,
and orgerr on the same PATH on every worker.
    spark-submit examples/many_logs_spark.py FILE...
"""

import json
import os
import sys

from pyspark import SparkContext

# That one file has no error (exit code 1) is no failure.
EXPLAIN = "sh -c 'orgerr explain -q -o jsonl || [ $? = 1 ]'"


def main(files):
    spark = SparkContext.getOrCreate()
    # One file a partition: the lines of one error stay together and in order, as they
    # need not where Spark splits a file, and no file is held in memory whole, as with
    # wholeTextFiles, which also puts several into a partition.
    lines = spark.union([spark.textFile(file, 1).coalesce(1) for file in files])
    # orgerr reads a partition from its standard input: `source` is `-` and line numbers
    # are those of the partition, so here those of the file. The number of the partition
    # names the file.
    path = {"PATH": os.environ["PATH"]}  # pipe passes no environment of itself
    found = lines.pipe(EXPLAIN, env=path, checkCode=True).mapPartitionsWithIndex(
        lambda number, rows: ((number, row) for row in rows)
    )

    findings = {}
    for number, row in found.collect():  # a row a file and code, in the order of the files
        finding = json.loads(row)
        finding["first"]["source"] = files[number]
        # Where a client left out the code, the candidates stand for it.
        error = finding["code"] or tuple(finding["candidates"])
        known = findings.setdefault(error, finding)
        if known is not finding:
            known["count"] += finding["count"]
    for finding in findings.values():
        print(json.dumps(finding, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
