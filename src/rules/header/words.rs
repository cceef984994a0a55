//! Words in column names that stand for sensitive data, in the languages that HR systems export.
//!
//! Takes a column's name and says what it seems to hold. Knows nothing of headers or mappings.

/// What a column seems to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sensitive {
    Pay,
    Birth,
    Identity,
    Bank,
    Health,
    Belief,
    Origin,
    Sex,
    Marital,
    Union,
}

impl Sensitive {
    /// The same in words, fit to follow "seems to hold".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Birth => "dates of birth",
            Self::Identity => "identity, tax or social security numbers",
            Self::Bank => "bank accounts",
            Self::Health => "data about health",
            Self::Belief => "religion or belief",
            Self::Origin => "ethnic origin",
            Self::Sex => "sex or gender",
            Self::Marital => "marital status",
            Self::Union => "union membership",
        }
    }
}

/// Parts of a name's letters, run together and without accents. They are long enough not to stand in other words.
const PARTS: &[(Sensitive, &[&str])] = &[
    (
        Sensitive::Pay,
        &[
            "salary",
            "salaries",
            "payrate",
            "basepay",
            "grosspay",
            "netpay",
            "hourlyrate",
            "annualpay",
            "compensation",
            "gehalt",
            "entgelt",
            "vergutung",
            "verguetung",
            "salaire",
            "remuneration",
            "remuneracion",
            "remuneracao",
            "remunerazione",
            "sueldo",
            "salario",
            "stipendio",
            "retribuzione",
            "salaris",
            "brutoloon",
            "wynagrodzenie",
        ],
    ),
    (
        Sensitive::Birth,
        &[
            "birthdate",
            "birthday",
            "dateofbirth",
            "birthdt",
            "geburtsdatum",
            "geburtstag",
            "datedenaissance",
            "naissance",
            "fechadenacimiento",
            "fechanacimiento",
            "nacimiento",
            "datadenascimento",
            "datanascimento",
            "datadinascita",
            "datanascita",
            "geboortedatum",
            "fodelsedatum",
            "fodselsdato",
            "foedselsdato",
            "dataurodzenia",
        ],
    ),
    (
        Sensitive::Identity,
        &[
            "socialsecurity",
            "nationalid",
            "nationalinsurance",
            "nationalidentity",
            "ninumber",
            "passportn",
            "passeport",
            "pasaporte",
            "passaporte",
            "reisepass",
            "personalausweis",
            "taxid",
            "taxnumber",
            "taxpayer",
            "steuerid",
            "steuernummer",
            "steueridentifikation",
            "sozialversicherung",
            "rentenversicherung",
            "securitesociale",
            "seguridadsocial",
            "segurancasocial",
            "codicefiscale",
            "codigofiscal",
            "numerofiscal",
            "burgerservice",
            "personnummer",
            "fodselsnummer",
            "foedselsnummer",
            "cprnummer",
            "drivinglicen",
            "driverlicen",
            "driverslicen",
            "aadhaar",
            "dowodosobisty",
        ],
    ),
    (
        Sensitive::Bank,
        &[
            "bankaccount",
            "accountnumberbank",
            "bankverbindung",
            "kontonummer",
            "comptebancaire",
            "cuentabancaria",
            "contabancaria",
            "contocorrente",
            "rekeningnummer",
            "bankkonto",
            "routingnumber",
            "sortcode",
        ],
    ),
    (
        Sensitive::Health,
        &[
            "disability",
            "disabilities",
            "handicap",
            "schwerbehind",
            "behinderung",
            "discapacidad",
            "deficiencia",
            "disabilita",
            "diagnos",
            "medicalcondition",
            "bloodtype",
            "bloodgroup",
            "sickleave",
            "krankheit",
            "krankmeldung",
            "pregnan",
            "schwanger",
        ],
    ),
    (Sensitive::Belief, &["religion", "religious", "konfession", "kirchensteuer", "confessionreligieuse", "wyznanie"]),
    (Sensitive::Origin, &["ethnic", "ethnisch", "ethnie", "etnia", "etnic", "veteranstatus"]),
    (Sensitive::Sex, &["gender", "geschlecht", "sexualorientation", "geslacht"]),
    (
        Sensitive::Marital,
        &[
            "maritalstatus",
            "familienstand",
            "etatcivil",
            "situationfamiliale",
            "estadocivil",
            "statocivile",
            "burgerlijkestaat",
            "civilstand",
            "stancywilny",
        ],
    ),
    (Sensitive::Union, &["unionmember", "tradeunion", "gewerkschaft", "syndicat", "sindicato", "sindacato", "vakbond"]),
];

/// Whole words of a name, without accents: too short to be looked for inside other words.
const WORDS: &[(Sensitive, &[&str])] = &[
    (Sensitive::Pay, &["wage", "wages", "lohn", "bruttolohn", "nettolohn", "lon", "manadslon", "bonus", "loon"]),
    (Sensitive::Birth, &["dob", "birth"]),
    (
        Sensitive::Identity,
        &[
            "ssn", "sin", "nino", "nin", "svnr", "bsn", "cpf", "nif", "dni", "nie", "nir", "pesel", "cpr", "ahv",
            "tin", "itin", "passport", "curp", "rfc",
        ],
    ),
    (Sensitive::Bank, &["iban", "bic", "clabe"]),
    (Sensitive::Origin, &["race"]),
    (Sensitive::Sex, &["sex", "sexe", "sexo", "sesso"]),
];

/// What a column of that name seems to hold, if it is sensitive.
pub(super) fn sensitive(name: &str) -> Option<Sensitive> {
    let words = words(name);
    let whole = |known: &str| words.iter().any(|word| word == known);
    let letters = words.concat();
    let by_word = WORDS.iter().find(|(_, known)| known.iter().any(|word| whole(word) || letters == *word));
    let by_part = || PARTS.iter().find(|(_, known)| known.iter().any(|part| letters.contains(part)));
    by_word.or_else(by_part).map(|(meaning, _)| *meaning)
}

/// The words of a name in small letters without accents: `BirthDate`, `birth_date` and `Birth date` are two words each.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for c in name.chars().take(200) {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase().map(plain));
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The letter without its accent, for the languages above.
fn plain(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
        'ç' | 'ć' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
        'ś' => 's',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Sensitive, sensitive};

    #[test]
    fn names_of_many_languages_are_understood() {
        for (name, meaning) in [
            ("Salary", Sensitive::Pay),
            ("annual_salary_EUR", Sensitive::Pay),
            ("Bruttogehalt", Sensitive::Pay),
            ("Vergütung", Sensitive::Pay),
            ("Lön", Sensitive::Pay),
            ("DOB", Sensitive::Birth),
            ("Date de naissance", Sensitive::Birth),
            ("BirthDate", Sensitive::Birth),
            ("FechaNacimiento", Sensitive::Birth),
            ("Fødselsdato", Sensitive::Birth),
            ("EmployeeSSN", Sensitive::Identity),
            ("Steuer-ID", Sensitive::Identity),
            ("N° de sécurité sociale", Sensitive::Identity),
            ("Codice fiscale", Sensitive::Identity),
            ("BSN", Sensitive::Identity),
            ("IBAN", Sensitive::Bank),
            ("Gender", Sensitive::Sex),
            ("Estado civil", Sensitive::Marital),
            ("Konfession", Sensitive::Belief),
        ] {
            assert_eq!(sensitive(name), Some(meaning), "{name}");
        }
    }

    #[test]
    fn harmless_names_that_hold_such_letters_are_not() {
        for name in [
            "CostCentre",
            "Department",
            "Manager",
            "ManagerEmail",
            "EmployeeId",
            "Abteilung",
            "Standort",
            "Business unit",
            "Racecourse",
            "Essex office",
            "Sussex",
            "Tracey",
            "Slogan",
            "Lonza",
            "Colony",
            "Salon",
            "Single",
            "Using",
            "Agenda",
            "Unit",
            "Community",
            "Reunion date",
            "Passed",
            "Training passed",
            "Bicycle",
            "Birmingham",
            "Panel",
            "",
            "   ",
            "日本",
            "Company",
            "Job title",
            "Location",
            "Hire date",
            "Contract end",
            "Position",
        ] {
            assert_eq!(sensitive(name), None, "{name}");
        }
    }
}
