//! Short texts side by side in columns that the scenario does not use: hardly a row has others.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::Union;

use crate::{ADDRESS, COLUMNS, LEFT, RESIGNED, Row, agree, resignation, words};

/// A resignation with these texts in the columns of other scenarios, and bit `i` for the `i`th of them that is quoted.
fn with_foreign(foreign: [&str; 5], quoted: u32) -> Row {
    let cells = resignation(ADDRESS, RESIGNED, LEFT).into_iter().take(4);
    let cells = cells.chain(foreign.map(str::to_owned)).collect();
    (cells, (0..COLUMNS).map(|column| column >= 4 && quoted >> (column - 4) & 1 == 1).collect())
}

#[test]
fn other_texts_here_and_there() {
    let other = words(&["", "   ", "n/b", "n/a ", "n/a,n/a", "n/a\"", "n\",\"a"]);
    let foreign = Union::new_weighted(vec![(40, words(&["n/a"]).boxed()), (1, other.boxed())]);
    let row = |foreign| [resignation(ADDRESS, RESIGNED, LEFT)[..4].to_vec(), foreign].concat();
    agree((vec(foreign, 5).prop_map(row), vec(prop::bool::weighted(0.04), COLUMNS)));
}

#[test]
fn the_same_bytes_as_other_texts() {
    // `a,", "` and `"a,", `: what is behind the first quote or letter is the same. No rule speaks of a cell of blanks alone.
    let rows = |last: [&'static str; 3]| {
        let [one, two, three] = last;
        [
            with_foreign(["a", ", ", one, two, three], 0b0_0010),
            with_foreign(["a,", " ", one, two, three], 0b0_0001),
            with_foreign(["a", " ", one, two, three], 0),
        ]
    };
    for rows in [rows(["n/a"; 3]), rows(["longer than eight"; 3]), rows(["n/a", "longer than eight", "n/a"])] {
        for usual in 0..rows.len() {
            let weights = rows.iter().enumerate().map(|(i, row)| (if i == usual { 20 } else { 1 }, Just(row.clone())));
            agree(Union::new_weighted(weights.collect()));
        }
    }
}
