//! How HR systems and their administrators spell column names and scenarios: written down for the tests alone, before and apart
//! from the product's own words, so that finding them back proves something.
//!
//! The last list of each field holds names that say nothing: there only the values can decide.

/// English, German, French, Spanish, Dutch, Portuguese.
pub const LANGUAGES: usize = 6;

/// A field's key, its spellings by language, names from exports of HR systems, and names that say nothing.
pub struct Spellings {
    pub field: &'static str,
    pub by_language: [&'static [&'static str]; LANGUAGES],
    pub systems: &'static [&'static str],
    pub opaque: &'static [&'static str],
}

pub const SPELLINGS: &[Spellings] = &[
    Spellings {
        field: "emailAddress",
        by_language: [
            &["E-Mail", "Work Email", "Employee Email Address", "Mail", "User Principal Name", "Business e-mail address"],
            &["E-Mail-Adresse", "Geschäftliche E-Mail", "Mailadresse", "E-Mail (dienstlich)", "Email Mitarbeiter"],
            &["Adresse e-mail", "Courriel professionnel", "Adresse électronique", "E-mail du salarié", "Mél"],
            &["Correo electrónico", "Correo corporativo", "Dirección de correo", "Email del empleado"],
            &["E-mailadres", "Zakelijk e-mailadres", "E-mail werk", "Mailadres medewerker"],
            &["Endereço de e-mail", "E-mail corporativo", "Correio eletrónico", "Email do colaborador"],
        ],
        systems: &["workEmail", "BUSINESS_EMAIL", "emailInfo/emailAddress", "Primary Work Email", "upn", "USRID_LONG", "WorkerEmail"],
        opaque: &["Contact", "Field 2", "K01", "Ref", "Kontakt"],
    },
    Spellings {
        field: "resignationDate",
        by_language: [
            &["Resignation Date", "Date of resignation", "Notice Date", "Date notice given", "Resigned on", "Notification date"],
            &["Kündigungsdatum", "Datum der Kündigung", "Kündigung am", "Kündigungseingang", "Tag der Kündigung"],
            &["Date de démission", "Démission le", "Date de notification", "Date de la lettre de démission"],
            &["Fecha de renuncia", "Fecha de dimisión", "Fecha de preaviso", "Fecha de notificación de baja"],
            &["Ontslagdatum", "Datum ontslagname", "Datum opzegging", "Opzegdatum"],
            &["Data de demissão", "Data do pedido de demissão", "Data da rescisão", "Data do aviso prévio"],
        ],
        systems: &["resignation_dt", "Termination Date", "dateOfNotice", "RESIGN_DATE", "NoticeDate", "terminationDate"],
        opaque: &["Date 1", "D1", "Datum1", "Field 7"],
    },
    Spellings {
        field: "lastWorkingDate",
        by_language: [
            &["Last Day of Work", "Last Working Day", "Last day worked", "Final working day", "Last day in office", "Exit date"],
            &["Letzter Arbeitstag", "Austrittsdatum", "Letzter Tag", "Ausgeschieden am", "Datum letzter Arbeitstag"],
            &["Dernier jour travaillé", "Date de départ", "Date de sortie", "Dernier jour de travail"],
            &["Último día trabajado", "Último día laboral", "Fecha de salida", "Fecha de baja efectiva"],
            &["Laatste werkdag", "Laatste dag", "Datum uit dienst", "Uitdiensttreding"],
            &["Último dia de trabalho", "Último dia trabalhado", "Data de saída", "Data de desligamento"],
        ],
        systems: &["lastDateWorked", "LAST_WORKED", "LWD", "last_working_dt", "lastDayOfWork", "lastday"],
        opaque: &["Date 2", "D2", "Datum2", "Field 8"],
    },
    Spellings {
        field: "effectiveDate",
        by_language: [
            &["Effective Date", "Effective from", "Date effective", "Valid from", "Change effective date", "As of date"],
            &["Gültig ab", "Wirksam ab", "Stichtag", "Datum der Wirksamkeit", "Gültigkeitsdatum"],
            &["Date d'effet", "Date effective", "En vigueur le", "Date de prise d'effet"],
            &["Fecha efectiva", "Fecha de efecto", "Fecha de vigencia", "Válido desde"],
            &["Ingangsdatum", "Datum van ingang", "Geldig vanaf", "Per datum"],
            &["Data efetiva", "Data de vigência", "Válido a partir de", "Data de efeito"],
        ],
        systems: &["eff_dt", "EFFDT", "effectiveStartDate", "start-date", "BEGDA", "EffectiveMoment"],
        opaque: &["Date", "Datum", "D1", "Field 5", "Wann"],
    },
    Spellings {
        field: "remarks",
        by_language: [
            &["Comments", "Remark", "Notes", "Manager comment", "Free text", "Justification"],
            &["Bemerkung", "Anmerkungen", "Kommentar", "Notiz", "Begründung"],
            &["Remarques", "Commentaire", "Observations", "Notes libres"],
            &["Comentarios", "Observaciones", "Notas", "Comentario del responsable"],
            &["Opmerkingen", "Toelichting", "Notitie", "Commentaar"],
            &["Observações", "Comentários", "Notas", "Comentário do gestor"],
        ],
        systems: &["comment_text", "NOTES", "generalComments", "remarks_txt", "Memo"],
        opaque: &["Text", "Field 9", "X3", "Info"],
    },
    Spellings {
        field: "rating",
        by_language: [
            &["Rating", "Overall Rating", "Performance rating", "Score", "Final rating", "Review result"],
            &["Bewertung", "Gesamtbewertung", "Note", "Beurteilungsergebnis", "Leistungsbewertung"],
            &["Note globale", "Évaluation", "Notation", "Résultat de l'évaluation"],
            &["Calificación", "Valoración", "Puntuación", "Resultado de la evaluación"],
            &["Beoordeling", "Eindbeoordeling", "Score", "Waardering"],
            &["Classificação", "Avaliação", "Pontuação", "Nota final"],
        ],
        systems: &["overall_rating", "PERF_RATING", "reviewScore", "ratingValue", "CalibratedRating"],
        opaque: &["Value", "Field 4", "R", "Wert"],
    },
    Spellings {
        field: "oldLevel",
        by_language: [
            &["Old Level", "Previous level", "Former grade", "Job level before", "From level", "Prior job grade"],
            &["Alte Stufe", "Bisherige Stufe", "Vorherige Ebene", "Alte Gehaltsstufe", "Karrierestufe alt"],
            &["Ancien niveau", "Niveau précédent", "Échelon précédent", "Niveau avant"],
            &["Nivel anterior", "Nivel antiguo", "Categoría anterior", "Nivel previo"],
            &["Oud niveau", "Vorig niveau", "Oude schaal", "Functieniveau oud"],
            &["Nível anterior", "Nível antigo", "Grau anterior", "Cargo anterior"],
        ],
        systems: &["prev_level", "OLD_GRADE", "currentJobLevel_old", "fromJobLevel", "PriorGrade"],
        opaque: &["A", "Field 10", "From"],
    },
    Spellings {
        field: "newLevel",
        by_language: [
            &["New Level", "Current level", "New grade", "Job level after", "To level", "Proposed job level"],
            &["Neue Stufe", "Künftige Stufe", "Neue Ebene", "Neue Gehaltsstufe", "Karrierestufe neu"],
            &["Nouveau niveau", "Niveau actuel", "Nouvel échelon", "Niveau après"],
            &["Nivel nuevo", "Nivel actual", "Nueva categoría", "Nuevo nivel"],
            &["Nieuw niveau", "Huidig niveau", "Nieuwe schaal", "Functieniveau nieuw"],
            &["Nível novo", "Novo nível", "Novo grau", "Nível atual"],
        ],
        systems: &["new_lvl", "NEW_GRADE", "newJobLevel", "toJobLevel", "ProposedGrade"],
        opaque: &["B", "Field 11", "To"],
    },
    Spellings {
        field: "improvementRemarks",
        by_language: [
            &["Improvement remarks", "Improvement plan comments", "PIP notes", "Plan comments"],
            &["Bemerkung zum Verbesserungsplan", "PIP-Kommentar", "Anmerkungen Verbesserung"],
            &["Remarques d'amélioration", "Commentaires du plan d'amélioration", "Observations PIP"],
            &["Comentarios de mejora", "Observaciones del plan de mejora", "Notas PIP"],
            &["Opmerkingen verbeterplan", "Toelichting verbetertraject", "PIP-notitie"],
            &["Observações do plano de melhoria", "Comentários de melhoria", "Notas do PIP"],
        ],
        systems: &["pip_comments", "IMPROVEMENT_NOTES", "improvementPlanRemarks"],
        opaque: &["Text", "Field 9", "X3"],
    },
    Spellings {
        field: "performanceRating",
        by_language: [
            &["Performance rating", "PIP rating", "Performance score", "Rating"],
            &["Leistungsbewertung", "Bewertung der Leistung", "Leistungsnote"],
            &["Note de performance", "Évaluation de la performance", "Niveau de performance"],
            &["Calificación de desempeño", "Valoración del rendimiento", "Evaluación del desempeño"],
            &["Prestatiebeoordeling", "Beoordeling prestaties", "Prestatiescore"],
            &["Avaliação de desempenho", "Nota de desempenho", "Classificação de desempenho"],
        ],
        systems: &["perf_rating", "PERFORMANCE_SCORE", "performanceLevel"],
        opaque: &["Value", "Field 4", "R"],
    },
    Spellings {
        field: "employeeFirstName",
        by_language: [
            &["First Name", "Given name", "Legal First Name", "Preferred first name", "Forename"],
            &["Vorname", "Rufname", "Vorname Mitarbeiter"],
            &["Prénom", "Prénom du salarié", "Prénom usuel"],
            &["Nombre", "Primer nombre", "Nombre del empleado", "Nombre de pila"],
            &["Voornaam", "Roepnaam", "Voornaam medewerker"],
            &["Nome", "Primeiro nome", "Nome próprio"],
        ],
        systems: &["firstName", "FIRST_NM", "fname", "VORNA", "givenName"],
        opaque: &["N1", "Field 1", "Spalte3"],
    },
    Spellings {
        field: "employeeLastName",
        by_language: [
            &["Last Name", "Surname", "Family name", "Legal Last Name"],
            &["Nachname", "Familienname", "Zuname"],
            &["Nom de famille", "Nom", "Nom du salarié"],
            &["Apellidos", "Apellido", "Primer apellido"],
            &["Achternaam", "Familienaam", "Achternaam medewerker"],
            &["Sobrenome", "Apelido", "Último nome", "Nome de família"],
        ],
        systems: &["lastName", "LAST_NM", "lname", "NACHN", "sn"],
        opaque: &["N2", "Field 3", "Spalte4"],
    },
    Spellings {
        field: "employeeAddressLine1",
        by_language: [
            &["Address Line 1", "Street", "Home address", "Street address", "Address 1"],
            &["Straße", "Straße und Hausnummer", "Anschrift", "Adresse", "Wohnadresse"],
            &["Adresse", "Rue", "Adresse 1", "Adresse postale", "Numéro et rue"],
            &["Dirección", "Calle", "Domicilio", "Calle y número"],
            &["Adres", "Straat", "Straat en huisnummer", "Woonadres"],
            &["Endereço", "Morada", "Rua", "Logradouro"],
        ],
        systems: &["address1", "HOME_STREET", "addrLine1", "STRAS", "homeAddress_line_1"],
        opaque: &["Field 12", "Z1", "Spalte5"],
    },
    Spellings {
        field: "employeeAddressLine2",
        by_language: [
            &["Address Line 2", "Apartment", "Address 2", "Apt / Suite"],
            &["Adresszusatz", "Adresse 2", "Adresszeile 2"],
            &["Complément d'adresse", "Adresse 2", "Adresse ligne 2"],
            &["Dirección 2", "Complemento de dirección", "Dirección línea 2"],
            &["Adresregel 2", "Adres toevoeging", "Adres 2"],
            &["Complemento", "Endereço 2", "Complemento de endereço"],
        ],
        systems: &["address2", "HOME_STREET2", "addrLine2", "ADR2", "homeAddress_line_2"],
        opaque: &["Field 13", "Z2", "Spalte6"],
    },
    Spellings {
        field: "employeeCity",
        by_language: [
            &["City", "Town", "Home city", "City / Town"],
            &["Ort", "Wohnort", "Stadt"],
            &["Ville", "Commune", "Ville de résidence"],
            &["Ciudad", "Localidad", "Población"],
            &["Plaats", "Woonplaats", "Stad"],
            &["Cidade", "Localidade", "Município"],
        ],
        systems: &["city", "HOME_CITY", "municipality", "ORT01", "addr_city"],
        opaque: &["Field 14", "Z3"],
    },
    Spellings {
        field: "employeeState",
        by_language: [
            &["State", "Province", "State/Province", "Region"],
            &["Bundesland", "Region", "Kanton"],
            &["Région", "Département (région)", "Province"],
            &["Provincia", "Comunidad autónoma", "Estado"],
            &["Provincie", "Regio", "Gewest"],
            &["Estado", "Distrito", "UF"],
        ],
        systems: &["state", "HOME_STATE", "stateProvince", "region_cd", "addr_state"],
        opaque: &["Field 15", "Z4"],
    },
    Spellings {
        field: "employeeZipCode",
        by_language: [
            &["ZIP Code", "Postal code", "Postcode", "Zip"],
            &["PLZ", "Postleitzahl", "PLZ Wohnort"],
            &["Code postal", "CP", "Code postal du domicile"],
            &["Código postal", "C.P.", "Cód. postal"],
            &["Postcode", "Post code"],
            &["CEP", "Código postal", "Cód. Postal"],
        ],
        systems: &["zip", "HOME_POSTAL", "postalCode", "PSTLZ", "addr_zip"],
        opaque: &["Field 16", "Z5"],
    },
    Spellings {
        field: "employeeCountry",
        by_language: [
            &["Country", "Home country", "Country / Region"],
            &["Land", "Wohnsitzland", "Staat"],
            &["Pays", "Pays de résidence"],
            &["País", "País de residencia"],
            &["Land", "Woonland"],
            &["País", "País de residência"],
        ],
        systems: &["country", "COUNTRY_CD", "homeCountry", "LAND1", "addr_country"],
        opaque: &["Field 17", "Z6"],
    },
    Spellings {
        field: "employeeDepartment",
        by_language: [
            &["Department", "Business unit", "Org unit", "Dept.", "Team"],
            &["Abteilung", "Fachbereich", "Organisationseinheit", "Bereich"],
            &["Service", "Département", "Direction", "Unité organisationnelle"],
            &["Departamento", "Área", "Unidad organizativa"],
            &["Afdeling", "Organisatie-eenheid", "Team"],
            &["Departamento", "Setor", "Área", "Unidade organizacional"],
        ],
        systems: &["department", "DEPT_NAME", "orgUnit", "ORGEH", "homeDepartment"],
        opaque: &["Field 18", "Gruppe"],
    },
    Spellings {
        field: "employeeType",
        by_language: [
            &["Employee type", "Employment type", "Worker type", "Contract type", "Employment status"],
            &["Beschäftigungsart", "Mitarbeitertyp", "Anstellungsart", "Vertragsart"],
            &["Type de contrat", "Type d'employé", "Statut du salarié"],
            &["Tipo de contrato", "Tipo de empleado", "Relación laboral"],
            &["Type dienstverband", "Soort medewerker", "Contractsoort"],
            &["Tipo de contrato", "Tipo de colaborador", "Vínculo"],
        ],
        systems: &["employeeClass", "EMPL_TYPE", "workerType", "PERSG", "employmentType"],
        opaque: &["Field 19", "Art"],
    },
    Spellings {
        field: "employeeRole",
        by_language: [
            &["Job title", "Role", "Position", "Business title", "Job"],
            &["Stellenbezeichnung", "Position", "Rolle", "Funktion", "Tätigkeit"],
            &["Fonction", "Poste", "Intitulé du poste", "Emploi"],
            &["Puesto", "Cargo", "Rol", "Puesto de trabajo"],
            &["Functie", "Functietitel", "Rol"],
            &["Cargo", "Função", "Posição"],
        ],
        systems: &["jobTitle", "JOB_TITLE", "positionTitle", "PLANS", "businessTitle"],
        opaque: &["Field 20", "Was"],
    },
    Spellings {
        field: "identifier",
        by_language: [
            &["HR Scenario", "Event type", "Scenario", "Event", "Type of event", "Action"],
            &["Szenario", "Ereignis", "Vorgang", "Ereignisart", "Personalmaßnahme"],
            &["Scénario", "Événement", "Type d'événement", "Motif"],
            &["Escenario", "Evento", "Tipo de evento", "Acción"],
            &["Scenario", "Gebeurtenis", "Soort gebeurtenis", "Actie"],
            &["Cenário", "Evento", "Tipo de evento", "Ação"],
        ],
        systems: &["hr_scenario", "EVENT_TYPE", "hrEventReason", "recordType"],
        opaque: &["Category", "Field 0", "T", "Kennung"],
    },
];

/// What rows of each scenario are called, by language; the last list holds codes that say nothing.
pub const IDENTIFIERS: &[(&str, [&[&str]; LANGUAGES + 1])] = &[
    (
        "resignation",
        [
            &["Resignation", "Employee resignation", "Resignations", "Termination", "Voluntary termination", "resignaton"],
            &["Kündigung", "Austritt", "Eigenkündigung"],
            &["Démission", "Départ", "Démission du salarié"],
            &["Renuncia", "Dimisión", "Baja voluntaria"],
            &["Ontslag", "Uitdiensttreding", "Ontslagname"],
            &["Demissão", "Pedido de demissão", "Desligamento"],
            &["R", "10", "A1"],
        ],
    ),
    (
        "jobLevelChange",
        [
            &["Job level change", "Level change", "Job Level Changes", "Promotion/Demotion", "job_level_chnge"],
            &["Stufenänderung", "Änderung der Stufe", "Stufenwechsel", "Beförderung"],
            &["Changement de niveau", "Changement d'échelon", "Promotion"],
            &["Cambio de nivel", "Cambio de categoría", "Promoción"],
            &["Niveauwijziging", "Functiewijziging", "Promotie"],
            &["Mudança de nível", "Alteração de nível", "Promoção"],
            &["L", "20", "B7"],
        ],
    ),
    (
        "performanceReview",
        [
            &["Performance review", "Review", "Annual review", "PerformanceReview", "Performance revew"],
            &["Leistungsbeurteilung", "Mitarbeiterbeurteilung", "Beurteilung"],
            &["Évaluation des performances", "Entretien annuel", "Évaluation"],
            &["Evaluación del desempeño", "Evaluación de rendimiento", "Evaluación"],
            &["Prestatiebeoordeling", "Beoordelingsgesprek", "Beoordeling"],
            &["Avaliação de desempenho", "Avaliação anual", "Avaliação"],
            &["V", "30", "C2"],
        ],
    ),
    (
        "performanceImprovementPlan",
        [
            &["Performance improvement plan", "PIP", "Improvement plan", "Perf. improvement plan", "Performance improvment plan"],
            &["Leistungsverbesserungsplan", "Verbesserungsplan", "Plan zur Leistungsverbesserung"],
            &["Plan d'amélioration des performances", "Plan d'amélioration", "PIP"],
            &["Plan de mejora del desempeño", "Plan de mejora", "PIP"],
            &["Verbeterplan", "Prestatieverbeterplan", "Verbetertraject"],
            &["Plano de melhoria de desempenho", "Plano de melhoria", "PIP"],
            &["P", "40", "D5"],
        ],
    ),
];

/// Columns that HR exports also hold, and that carry none of the fields.
pub const OTHERS: &[(&str, Other)] = &[
    ("Employee ID", Other::Number),
    ("Personalnummer", Other::Number),
    ("Matricule", Other::Number),
    ("Cost center", Other::Code),
    ("Kostenstelle", Other::Code),
    ("Salary", Other::Money),
    ("Date of birth", Other::Birthday),
    ("Geburtsdatum", Other::Birthday),
    ("Hire date", Other::Hired),
    ("Eintrittsdatum", Other::Hired),
    ("Fecha de ingreso", Other::Hired),
    ("Manager email", Other::ManagerMail),
    ("E-Mail Vorgesetzter", Other::ManagerMail),
    ("Private e-mail", Other::PrivateMail),
    ("Telefon", Other::Phone),
    ("Last modified", Other::Changed),
    ("Gender", Other::Gender),
];

/// What such a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Other {
    Number,
    Code,
    Money,
    Birthday,
    Hired,
    ManagerMail,
    PrivateMail,
    Phone,
    Changed,
    Gender,
}
