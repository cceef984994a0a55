//! Single spellings and what is read from them, one a line.

use super::{Fault, Form, read};

/// The faults of a text, by their letters, and its repair: `safe` or, where that is none, `?assumed`.
fn told(text: &str) -> String {
    let faults = [
        (Fault::Unparsable, "unparsable"),
        (Fault::Null, "null"),
        (Fault::Local, "local"),
        (Fault::Ambiguous, "ambiguous"),
        (Fault::Serial, "serial"),
        (Fault::Impossible, "impossible"),
        (Fault::NoTime, "time"),
        (Fault::NoOffset, "no-offset"),
        (Fault::LongFraction, "fraction"),
        (Fault::Unpadded, "unpadded"),
        (Fault::Separator, "separator"),
        (Fault::Offset, "offset"),
    ];
    let reading = read(text);
    let mut told: Vec<_> =
        faults.into_iter().filter(|&(fault, _)| reading.has(fault)).map(|(_, name)| name.into()).collect();
    told.extend(reading.safe_text().or_else(|| reading.assumed_text().map(|text| format!("?{text}"))));
    told.join(" ")
}

#[test]
fn iso_shaped_dates_have_the_faults_they_should() {
    for (text, expected) in [
        ("2026-06-01T09:05:00Z", "2026-06-01T09:05:00Z"),
        ("  2026-06-01T09:05:00Z\t", "2026-06-01T09:05:00Z"),
        ("\u{feff}2026-06-01\u{a0}09:05:00Z\u{a0}", "2026-06-01T09:05:00Z"),
        ("2026-06-01T09:05:00-00:00", "2026-06-01T09:05:00-00:00"),
        ("2026-06-01T09:05:00.1234567+14:00", "2026-06-01T09:05:00.1234567+14:00"),
        ("2026-06-01T09:05:00.12345678Z", "fraction 2026-06-01T09:05:00.1234567Z"),
        ("2026-06-01T09:05:00,5Z", "separator 2026-06-01T09:05:00.5Z"),
        ("2026-06-01T09:05:00.Z", "unparsable"),
        ("2026-6-1T9:05:00Z", "unpadded 2026-06-01T09:05:00Z"),
        ("2026-06-01T09:05Z", "unpadded 2026-06-01T09:05:00Z"),
        ("2026-06-01T09Z", "unparsable"),
        ("2026-06-01t09:05:00z", "separator 2026-06-01T09:05:00Z"),
        ("2026-06-01 09:05:00", "no-offset separator 2026-06-01T09:05:00"),
        ("2026-06-01\n09:05:00Z", "separator 2026-06-01T09:05:00Z"),
        ("2026-06-01 09:05:00 +0000", "separator offset 2026-06-01T09:05:00+00:00"),
        ("2026-06-01T09:05:00+0530", "offset 2026-06-01T09:05:00+05:30"),
        ("2026-06-01T09:05:00+05", "offset 2026-06-01T09:05:00+05:00"),
        ("2026-06-01T09:05:00-5", "offset 2026-06-01T09:05:00-05:00"),
        ("2026-06-01T09:05:00+5:30", "offset 2026-06-01T09:05:00+05:30"),
        ("2026-06-01T09:05:00\u{2212}05:00", "offset 2026-06-01T09:05:00-05:00"),
        ("2026-06-01T09:05:00+02:00[Europe/Berlin]", "offset 2026-06-01T09:05:00+02:00"),
        ("2026-06-01T09:05:00UTC", "offset 2026-06-01T09:05:00Z"),
        ("2026-06-01T09:05:00GMT+2", "offset 2026-06-01T09:05:00+02:00"),
        ("2026-06-01T09:05:00CEST", "offset"),
        ("2026-06-01T09:05:00 05:30", "separator offset"),
        ("2026-06-01T09:05:00+25:00", "offset 2026-06-01T09:05:00+25:00"),
        ("2026-06-01T09:05:00+14:01", "offset 2026-06-01T09:05:00+14:01"),
        ("2026-06-01T09:05:00Z+02:00", "offset"),
        ("2026-06-01T09:05:00+", "offset"),
        ("2026-06-01T09:05:00 hello", "separator offset"),
        ("2026-06-01T09:05:00 (late)", "unparsable"),
        ("2026-06-01", "time 2026-06-01"),
        ("2026-06-01T", "time 2026-06-01"),
        ("2026-06-01+02:00", "time 2026-06-01+02:00"),
        ("2026-13-01", "impossible time 2026-13-01"),
        ("2026-02-30T9:05:00Z", "impossible unpadded 2026-02-30T09:05:00Z"),
        ("2026-06-01T24:00:00Z", "impossible 2026-06-01T24:00:00Z"),
        ("2026-06-30T23:59:60Z", "impossible 2026-06-30T23:59:60Z"),
        ("0000-06-01T09:05:00Z", "impossible 0000-06-01T09:05:00Z"),
        ("2026-06-01T09:05:00\u{7}Z", "?2026-06-01T09:05:00Z"),
        ("1970-01-01", "1970-01-01"),
        ("9999-12-31 23:59:59.999999999", "9999-12-31T23:59:59.9999999"),
        ("1900-1-1T00:00:00+25:00", "offset 1900-01-01T00:00:00+25:00"),
    ] {
        assert_eq!(told(text), expected, "{text:?}");
    }
}

#[test]
fn local_dates_are_recognised_and_written_anew_where_they_have_one_meaning() {
    for (text, expected) in [
        ("31.12.2025", "local ?2025-12-31T00:00:00Z"),
        ("3. 4. 2025", "local ?2025-04-03T00:00:00Z"),
        ("31.12.2025 9:05 Uhr", "local ?2025-12-31T09:05:00Z"),
        ("31.12.25", "local"),
        ("30.02.2025", "unparsable"),
        ("12/31/2025", "local ?2025-12-31T00:00:00Z"),
        ("12/31/2025, 5:00:00 PM", "local ?2025-12-31T17:00:00Z"),
        ("31/12/2025 12:30 a.m.", "local ?2025-12-31T00:30:00Z"),
        ("03/04/2025", "ambiguous"),
        ("03-04-2025", "ambiguous"),
        ("3/4/25 9:05", "ambiguous"),
        ("03042025", "ambiguous"),
        ("03/03/2025", "local ?2025-03-03T00:00:00Z"),
        ("31-12-2025T09:05:00+02:00", "local ?2025-12-31T09:05:00+02:00"),
        ("2025/12/31 09:05:00.5Z", "local ?2025-12-31T09:05:00.5Z"),
        ("2025.12.31", "local ?2025-12-31T00:00:00Z"),
        ("2025-12-31 5:00 PM", "local ?2025-12-31T17:00:00Z"),
        ("2025\u{2013}12\u{2013}31T09:05:00Z", "local ?2025-12-31T09:05:00Z"),
        ("20251231", "local ?2025-12-31T00:00:00Z"),
        ("20251231T090500Z", "local ?2025-12-31T09:05:00Z"),
        ("20251231090500", "local ?2025-12-31T09:05:00Z"),
        ("31122025", "local"),
        ("45306", "serial ?2024-01-15T00:00:00Z"),
        ("45306.375", "serial ?2024-01-15T09:00:00Z"),
        ("45306,375694444", "serial ?2024-01-15T09:01:00Z"),
        ("45306.38", "serial"),
        ("45306.999999999", "serial ?2024-01-16T00:00:00Z"),
        ("1767139200", "local ?2025-12-31T00:00:00Z"),
        ("1767139200000", "local"),
        ("31-Dec-2025", "local ?2025-12-31T00:00:00Z"),
        ("31-DEZ-25", "local"),
        ("31. Dezember 2025", "local ?2025-12-31T00:00:00Z"),
        ("Wednesday, December 31st, 2025 5:00 PM", "local ?2025-12-31T17:00:00Z"),
        ("Wed, 31 Dec 2025 09:05:00 +0200", "local ?2025-12-31T09:05:00+02:00"),
        ("1er février 2026", "local ?2026-02-01T00:00:00Z"),
        ("3. März 2026", "local ?2026-03-03T00:00:00Z"),
        ("2025-W52-3", "local"),
        ("2025-365", "local"),
    ] {
        assert_eq!(told(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_no_date_is_not_recognised() {
    for text in [
        "",
        " ",
        "soon",
        "2026",
        "2026-06",
        "12345",
        "99999",
        "31/31/2025",
        "32 Dec 2025",
        "1.2",
        "1.2.3",
        "5551234567890",
        "2025-W54",
        "2025-367",
        "Dec 2025",
        "may",
        "02026-06-01",
        "+2026-06-01",
        "2026-06-01T10",
        "2026-06-01T1O:00:00Z",
        "２０２６-06-01",
        "2026-06-01x",
        "2026-06-01T09:05:00Z!",
        "1900-00-00-00",
        "T09:05:00Z",
    ] {
        assert_eq!(told(text), "unparsable", "{text:?}");
    }
    for text in ["n/a", " NULL ", "-", "tbd", "/  /", "Invalid date", "0000-00-00", "0000-00-00 00:00:00", "1900-01-00"]
    {
        assert_eq!(told(text), "null", "{text:?}");
    }
    let long = format!("2026-06-01T09:05:00.{}Z", "1".repeat(500));
    assert_eq!(told(&long), "fraction 2026-06-01T09:05:00.1111111Z");
    assert_eq!(read("2025-12-31 5:00 PM").form(), Some(Form::TwelveHour));
}
