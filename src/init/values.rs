//! Words by which values show what their column holds: countries, kinds of employment, titles, ratings, levels, mail for private use.
//!
//! Only hints: what is in no list says nothing. Several words are written as one; accents and capitals do not count.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::header::letters;

type Words = LazyLock<HashSet<String>>;

fn words(list: &str) -> HashSet<String> {
    list.split_whitespace().map(letters).collect()
}

/// Countries as exports name them.
pub(super) static COUNTRIES: Words = LazyLock::new(|| {
    words(
        "argentina argentinien australia australien austria osterreich autriche belgium belgien belgique belgie brazil \
     brasilien brasil bresil bulgaria canada kanada chile china colombia croatia czechia czechrepublic tschechien \
     denmark danemark danmark egypt espana spain spanien espagne finland finnland france frankreich francia germany \
     deutschland allemagne alemania duitsland alemanha greece griechenland hungary ungarn india indien indonesia \
     ireland irland israel italy italien italia japan japon kenya korea southkorea luxembourg luxemburg malaysia \
     mexico mexiko morocco netherlands thenetherlands niederlande nederland paysbas newzealand nigeria norway \
     norwegen norge peru philippines poland polen pologne polska portugal romania rumanien russia saudiarabia serbia \
     singapore singapur slovakia slovenia southafrica sudafrika sweden schweden sverige switzerland schweiz suisse \
     svizzera taiwan thailand turkey turkei ukraine unitedarabemirates unitedkingdom grossbritannien royaumeuni \
     unitedstates unitedstatesofamerica etatsunis estadosunidos usa uk vietnam",
    )
});

/// Kinds of employment.
pub(super) static EMPLOYMENT: Words = LazyLock::new(|| {
    words(
        "regular exempt nonexempt contractor contingent permanent temporary temp fixedterm intern trainee apprentice \
     fulltime parttime hourly salaried consultant external internal freelance active vollzeit teilzeit befristet \
     unbefristet werkstudent praktikant azubi angestellter arbeiter extern cdi cdd stagiaire alternant interimaire \
     indefinido temporal becario autonomo clt pj estagiario efetivo vast tijdelijk inhuur stagiair zzp",
    )
});

/// Parts of what people's work is called.
pub(super) static TITLES: Words = LazyLock::new(|| {
    words(
        "manager engineer analyst director specialist assistant associate consultant developer architect officer \
     coordinator administrator accountant president leiter ingenieur berater sachbearbeiter entwickler referent \
     technik responsable charge directeur technicien ingeniero analista gerente tecnico jefe medewerker adviseur \
     teamleider coordenador engenheiro diretor",
    )
});

/// Parts of what departments are called.
pub(super) static DEPARTMENTS: Words = LazyLock::new(|| {
    words(
        "finance sales marketing research logistics engineering customer support operations legal human hr it procurement \
     production quality accounting vertrieb einkauf personal produktion buchhaltung forschung finanzen ventes achats \
     comptabilite juridique ventas compras finanzas recursos inkoop verkoop financien vendas financeiro",
    )
});

/// Parts of how performance is rated.
pub(super) static RATINGS: Words = LazyLock::new(|| {
    words(
        "expectations meets exceeds below outstanding satisfactory unsatisfactory excellent good poor needs strong \
     erfullt ubertrifft erwartungen erwartung gut mangelhaft ungenugend attentes insuffisant bon tres expectativas \
     supera cumple bueno deficiente verwachting voldoende goed onvoldoende atende abaixo otimo bom",
    )
});

/// Parts of what levels are called.
pub(super) static LEVELS: Words = LazyLock::new(|| {
    words(
        "level grade band stufe niveau nivel schaal echelon junior senior sr jr principal staff lvl eg tarif grau trede",
    )
});

/// How the domains of mail for private use begin.
pub(super) const PRIVATE_MAIL: &[&str] = &[
    "gmail.",
    "googlemail.",
    "outlook.",
    "hotmail.",
    "yahoo.",
    "gmx.",
    "web.de",
    "icloud.",
    "live.",
    "aol.",
    "t-online.",
    "orange.fr",
    "free.fr",
    "uol.com",
    "proton.",
    "protonmail.",
    "laposte.",
];
