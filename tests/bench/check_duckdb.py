"""The checks of hrlint that matter most, as one SQL statement for DuckDB: exit 0 when nothing is wrong, 1 when something is."""

import sys

import duckdb

UPN = r"[A-Za-z0-9''._!#^~-]{1,64}@[A-Za-z0-9._-]{1,48}"
DATE = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)"


def bad_date(column):
    return f"{column} <> '' AND (NOT regexp_full_match({column}, '{DATE}') OR try_cast({column} AS TIMESTAMPTZ) IS NULL)"


def edge_blanks(column):
    return f"{column} <> trim({column})"


checks = {
    "unknown-scenario-value": "HRScenario NOT IN ('Resignation', 'Job level change', 'Performance review', 'Performance improvement plan')",
    "missing-address": "EmailAddress = ''",
    "missing-date": "CASE WHEN resigns THEN ResignationDate = '' OR LastWorkingDate = '' ELSE EffectiveDate = '' END",
    "value-for-other-scenario": "CASE WHEN resigns THEN EffectiveDate <> '' ELSE ResignationDate <> '' OR LastWorkingDate <> '' END",
    "address": f"EmailAddress <> '' AND (NOT regexp_full_match(EmailAddress, '{UPN}') OR contains(EmailAddress, '..')"
    " OR starts_with(EmailAddress, '.') OR contains(EmailAddress, '.@'))",
    "resignation-date": bad_date("ResignationDate"),
    "last-date": bad_date("LastWorkingDate"),
    "effective-date": bad_date("EffectiveDate"),
    "last-day-before-resignation": "try_cast(LastWorkingDate AS TIMESTAMPTZ) < try_cast(ResignationDate AS TIMESTAMPTZ)",
    "remarks-too-long": "length(Remarks) > 200",
    "rating-too-long": "length(Rating) > 25",
    "value-whitespace": " OR ".join(edge_blanks(column) for column in ("Remarks", "Rating", "OldLevel", "NewLevel")),
}
event = "hash(lower(EmailAddress), HRScenario, CASE WHEN resigns THEN ResignationDate ELSE EffectiveDate END)"
record = "hash(HRScenario, EmailAddress, ResignationDate, LastWorkingDate, EffectiveDate, Remarks, Rating, OldLevel, NewLevel)"
parts = [f'count_if({check}) AS "{name}"' for name, check in checks.items()]
statement = f"""
SELECT count(*) AS rows, {", ".join(parts)},
    count(*) - count(DISTINCT {event}) AS "duplicate-event-key",
    count(*) - count(DISTINCT {record}) AS "exact-duplicate-row"
FROM (
    SELECT *, HRScenario = 'Resignation' AS resigns
    FROM read_csv(?, header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
        new_line = '\\n', nullstr = '\\N', columns = {{
            'HRScenario': 'VARCHAR', 'EmailAddress': 'VARCHAR', 'ResignationDate': 'VARCHAR', 'LastWorkingDate': 'VARCHAR',
            'EffectiveDate': 'VARCHAR', 'Remarks': 'VARCHAR', 'Rating': 'VARCHAR', 'OldLevel': 'VARCHAR', 'NewLevel': 'VARCHAR'
        }})
)
"""
result = duckdb.execute(statement, [sys.argv[1]])
names = [column[0] for column in result.description]
counts = dict(zip(names, result.fetchone()))
print(counts)
sys.exit(any(count for name, count in counts.items() if name != "rows"))
