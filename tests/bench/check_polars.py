"""The checks of hrlint that matter most, as Polars expressions: exit 0 when nothing is wrong, 1 when something is.

All lazily in one query, on Polars' streaming engine and all its threads, so that it does its best.
"""

import sys

import polars as pl

UPN = r"^[A-Za-z0-9'._!#^~-]{1,64}@[A-Za-z0-9._-]{1,48}$"
DATE = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$"
SCENARIOS = ["Resignation", "Job level change", "Performance review", "Performance improvement plan"]

text = {name: pl.String for name in (
    "HRScenario", "EmailAddress", "ResignationDate", "LastWorkingDate", "EffectiveDate", "Remarks", "Rating",
    "OldLevel", "NewLevel",
)}
rows = pl.scan_csv(sys.argv[1], schema=text, empty_string_is_null=False)

scenario, address = pl.col("HRScenario"), pl.col("EmailAddress")
notice, last, effective = pl.col("ResignationDate"), pl.col("LastWorkingDate"), pl.col("EffectiveDate")
resigns = scenario == "Resignation"


def filled(column):
    return column != ""


def moment(column):
    """The moment that a text names, or null."""
    return column.str.to_datetime("%+", strict=False, time_unit="ns", time_zone="UTC")


def bad_date(column):
    return filled(column) & (~column.str.contains(DATE) | moment(column).is_null())


def edge_blanks(column):
    return column != column.str.strip_chars()


checks = {
    "unknown-scenario-value": ~scenario.is_in(SCENARIOS),
    "missing-address": ~filled(address),
    "missing-date": pl.when(resigns).then(~filled(notice) | ~filled(last)).otherwise(~filled(effective)),
    "value-for-other-scenario": pl.when(resigns).then(filled(effective)).otherwise(filled(notice) | filled(last)),
    "address": filled(address) & (
        ~address.str.contains(UPN) | address.str.contains("..", literal=True) | address.str.starts_with(".")
        | address.str.contains(".@", literal=True)
    ),
    "resignation-date": bad_date(notice),
    "last-date": bad_date(last),
    "effective-date": bad_date(effective),
    "last-day-before-resignation": moment(last) < moment(notice),
    "remarks-too-long": pl.col("Remarks").str.len_chars() > 200,
    "rating-too-long": pl.col("Rating").str.len_chars() > 25,
    "value-whitespace": pl.any_horizontal(edge_blanks(pl.col(name)) for name in ("Remarks", "Rating", "OldLevel", "NewLevel")),
}
event = pl.struct(address.str.to_lowercase(), scenario, pl.when(resigns).then(notice).otherwise(effective)).hash()
counts = rows.select(
    pl.len().alias("rows"),
    *(check.sum().alias(name) for name, check in checks.items()),
    (pl.len() - event.n_unique()).alias("duplicate-event-key"),
    (pl.len() - pl.struct(pl.all()).hash().n_unique()).alias("exact-duplicate-row"),
).collect(engine="streaming").row(0, named=True)

print(counts)
sys.exit(any(count for name, count in counts.items() if name != "rows"))
