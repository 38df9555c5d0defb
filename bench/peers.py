"""What people use in Python for the same work: polars adds up observations, openpyxl reads a workbook. Prints times in seconds.

peers.py score OBSERVATIONS.csv TIMES | peers.py workbook FILE.xlsx TIMES
"""

import json
import statistics
import sys
import time

STANDARDS = 142


def timed(work, times):
    """Median time; the first is for warming up."""
    found = work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), found


def score(file, times):
    import polars as pl

    rule = pl.DataFrame(
        {
            "standard": [f"{n // 12 + 1}-{n % 12 + 1}" for n in range(STANDARDS)],
            "method": [n % 3 for n in range(STANDARDS)],
            "full": [1 + n % 5 for n in range(STANDARDS)],
        }
    )

    def points(seen):
        """Met ones of all, mean of shares, or a ten-thousandth less for each that is not met."""
        of = seen.group_by("standard").agg(
            pl.len().alias("all"),
            (pl.col("share") >= 1).sum().alias("met"),
            pl.col("share").mean().alias("mean"),
        )
        share = (
            pl.when(pl.col("method") == 0)
            .then(pl.col("met") / pl.col("all"))
            .when(pl.col("method") == 1)
            .then(pl.col("mean"))
            .otherwise(1 - (pl.col("all") - pl.col("met")) / 10_000)
        )
        return of.join(rule.lazy(), on="standard").select((share * pl.col("full")).sum()).collect().item()

    parquet = file + ".parquet"
    pl.read_csv(file).write_parquet(parquet)
    of_csv, found = timed(lambda: points(pl.scan_csv(file)), times)
    of_parquet, again = timed(lambda: points(pl.scan_parquet(parquet)), times)
    assert abs(found - again) < 1e-9
    return {"csv": of_csv, "parquet": of_parquet, "points": found}


def workbook(file, times):
    import openpyxl

    def read():
        book = openpyxl.load_workbook(file, read_only=True)
        rows = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
        book.close()
        return rows

    taken, rows = timed(read, times)
    return {"openpyxl": taken, "rows": rows}


if __name__ == "__main__":
    what, file, times = sys.argv[1:]
    print(json.dumps({"score": score, "workbook": workbook}[what](file, int(times))))
