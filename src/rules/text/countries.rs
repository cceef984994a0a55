//! Countries whose postal codes have a fixed number of digits and may begin with 0, by the names that files give them.

/// How many digits the codes of a country have, where they may begin with 0.
pub(super) fn digits(country: &str) -> Option<usize> {
    let country = country.to_lowercase();
    let names = |names: &str| names.split('|').any(|name| name == country);
    COUNTRIES.iter().find(|(_, known)| names(known)).map(|(digits, _)| *digits)
}

/// Whether it is the United States, whose codes may have four more digits.
pub(super) fn is_united_states(country: &str) -> bool {
    UNITED_STATES.split('|').any(|name| name == country.to_lowercase())
}

/// Whether it is an American state or territory in which postal codes begin with 0.
pub(super) fn is_state_with_zeros(state: &str) -> bool {
    STATES.iter().any(|known| known.eq_ignore_ascii_case(state))
}

const UNITED_STATES: &str =
    "us|usa|united states|united states of america|u.s.|u.s.a.|vereinigte staaten|estados unidos|états-unis";

/// Digits, and names in lower case: ISO codes, English, the country's own, often German.
const COUNTRIES: &[(usize, &str)] = &[
    (5, UNITED_STATES),
    (5, "pr|pri|puerto rico"),
    (5, "de|deu|ger|germany|deutschland|allemagne|alemania"),
    (5, "fr|fra|france|frankreich|francia"),
    (5, "it|ita|italy|italia|italien|italie"),
    (5, "es|esp|spain|españa|espana|spanien|espagne"),
    (5, "fi|fin|finland|suomi|finnland"),
    (5, "mx|mex|mexico|méxico|mexiko"),
    (5, "my|mys|malaysia"),
    (5, "tr|tur|turkey|türkiye|turkiye|türkei"),
    (5, "ua|ukr|ukraine|україна"),
    (5, "kr|kor|korea|south korea|republic of korea|korea, republic of|대한민국"),
    (5, "sk|svk|slovakia|slovensko|slowakei"),
    (5, "lt|ltu|lithuania|lietuva|litauen"),
    (5, "pe|per|peru|perú"),
    (5, "dz|dza|algeria|algérie"),
    (5, "pl|pol|poland|polska|polen"),
    (4, "no|nor|norway|norge|norwegen"),
    (4, "dk|dnk|denmark|danmark|dänemark"),
    (4, "au|aus|australia|australien"),
    (4, "nz|nzl|new zealand|neuseeland"),
    (4, "za|zaf|south africa|südafrika"),
    (4, "ph|phl|philippines"),
    (6, "ro|rou|romania|românia|rumänien"),
    (6, "sg|sgp|singapore|singapur"),
    (6, "cn|chn|china|people's republic of china|中国"),
    (6, "kz|kaz|kazakhstan|kasachstan|қазақстан"),
    (6, "co|col|colombia|kolumbien"),
    (6, "ec|ecu|ecuador"),
    (7, "jp|jpn|japan|日本"),
    (8, "br|bra|brazil|brasil|brasilien"),
];

const STATES: &[&str] = &[
    "CT",
    "Connecticut",
    "MA",
    "Massachusetts",
    "ME",
    "Maine",
    "New Hampshire",
    "NJ",
    "New Jersey",
    "RI",
    "Rhode Island",
    "VT",
    "Vermont",
    "PR",
    "Puerto Rico",
];

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, digits};

    #[test]
    fn names_are_in_lower_case_and_each_is_one_country() {
        let names: Vec<&str> = COUNTRIES.iter().flat_map(|(_, names)| names.split('|')).collect();
        for name in &names {
            assert_eq!(**name, name.to_lowercase());
            assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
        assert_eq!((digits("USA"), digits("DEUTSCHLAND"), digits("Atlantis")), (Some(5), Some(5), None));
    }
}
