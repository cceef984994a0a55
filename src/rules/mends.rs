//! Holds all cell rules to what a safe repair promises: the fault is gone, and rules that speak of one cell agree.

use proptest::prelude::*;

use super::testing::lone::{ask, field, mended};
use super::{CellPlace, Check, Rule, all};
use crate::finding::Safety;
use crate::mapping::FieldKind;

/// Texts between good dates and rubbish, rich in what the rules look at.
fn text() -> impl Strategy<Value = String> {
    let blank = || prop_oneof![4 => "", 2 => "[ \t\n\u{a0}\u{200b}\u{2003}]{1,2}", 1 => "[ \u{7}]{1,2}"];
    let day = "(2026|0000)[-./\u{2013}](0?[1-9]|1[0-3])[-./](0?[1-9]|[123][0-9])";
    let time = "[Tt \u{a0}]{1,2}[0-9]{1,2}:[0-9]{2}(:[0-9]{1,2}([.,][0-9]{1,9})?)?";
    let offset = "( ?(Z|z|UTC|CET|[-+\u{2212}][0-9]{1,2}(:?[0-9]{2})?))?";
    let words = "[a-cÄم ,.\t\u{a0}\u{ad}\u{200c}\u{200d}\u{2013}\u{201c}\u{fe0f}\u{93}\u{1f468}]{0,8}";
    let others = "([ \u{a0}\u{2013}ac]|[=']|\"|0|&amp;|&#8211;|<br>|Ã¼|Ã\u{a0}|â\u{20ac}\u{2122}|Ã\u{ad}){0,6}";
    let date = (blank(), day, prop::option::of((time, offset)), blank()).prop_map(|(before, day, time, after)| {
        let (time, offset) = time.unwrap_or_default();
        before + &day + &time + &offset + &after
    });
    let words = prop_oneof![words, others];
    prop_oneof![2 => date, 2 => (blank(), words, blank()).prop_map(|(before, words, after)| before + &words + &after)]
}

fn is_asked(rule: &Rule, kind: FieldKind) -> bool {
    matches!(rule.check, Check::Cell { place: CellPlace::Filled(kinds), .. } if kinds.contains(&kind))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_repair_takes_its_fault_away_and_safe_repairs_agree(text in text(), is_date: bool, limit in 1..6_u32) {
        let kind = if is_date { FieldKind::DateTime } else { FieldKind::Text };
        let field = field("remarks", kind, Some(limit));
        let mut agreed: Option<String> = None;
        for rule in all().filter(|rule| is_asked(rule, kind) && !text.is_empty()) {
            let Some((safety, mend)) = mended(ask(rule, &field, &text)) else { continue };
            prop_assert!(Some(safety) <= rule.fix, "{} promises no such repair", rule.name);
            prop_assert!(mend != text, "{} changes nothing", rule.name);
            let again = mend.is_empty() || ask(rule, &field, &mend).is_none();
            prop_assert!(again, "{} fires again on {:?}", rule.name, mend);
            if safety == Safety::Safe {
                let first = agreed.get_or_insert_with(|| mend.clone());
                prop_assert!(*first == mend, "{} does not agree: {:?} and {:?}", rule.name, first, mend);
            }
        }
    }
}
