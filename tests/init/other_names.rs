//! What rows of each scenario are called in exports, and the columns that exports hold besides: written down for the tests alone.

use crate::spellings::LANGUAGES;

/// What rows of each scenario are called, by language; the last list holds codes that say nothing.
pub(crate) const IDENTIFIERS: &[(&str, [&[&str]; LANGUAGES + 1])] = &[
    (
        "resignation",
        [
            &[
                "Resignation",
                "Employee resignation",
                "Resignations",
                "Termination",
                "Voluntary termination",
                "resignaton",
            ],
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
            &[
                "Performance improvement plan",
                "PIP",
                "Improvement plan",
                "Perf. improvement plan",
                "Performance improvment plan",
            ],
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
pub(crate) const OTHERS: &[(&str, Other)] = &[
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
pub(crate) enum Other {
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
