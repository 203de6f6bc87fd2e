//! The keys of ElectroDB and OneTable: every vector of `../shared/key-vectors.json` is reproduced to the
//! byte, or it is a trap that is refused or done right. `--nocapture` prints which.

mod case;
mod collisions;
mod comparison;
mod file;
mod lower_case;
mod made;
mod mall;
mod native;
mod numbers;
mod onetable;
mod onetable_parts;
mod parts;
mod rows;
mod services;
mod sparse;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use monotable_tests::Boto3;

use crate::file::Exchange;
use crate::rows::Row;

const ROWS: &[&[Row]] = &[
    mall::ROWS,
    numbers::ROWS,
    native::ROWS,
    case::ROWS,
    services::ROWS,
    comparison::ROWS,
    sparse::ROWS,
    collisions::ROWS,
    onetable::ROWS,
    onetable_parts::ROWS,
];

#[test]
fn every_vector_is_reproduced_refused_or_done_right() {
    let Some(vectors) = file::read() else {
        println!("../shared/key-vectors.json is not there: nothing is compared");
        return;
    };
    let rows = || ROWS.iter().copied().flatten();
    let known: BTreeSet<&str> = rows().map(|row| row.id).collect();
    let ids: BTreeSet<&str> = vectors.iter().map(file::Vector::id).collect();
    let one_sided: Vec<_> = known.symmetric_difference(&ids).collect();
    assert!(one_sided.is_empty(), "each vector has a row, and each row a vector: {one_sided:?}");
    assert_eq!(known.len(), rows().count(), "no vector has two rows");
    for row in rows() {
        println!("{}: {}", row.id, row.outcome);
        assert!(has_its_files(&row.outcome.to_string()), "{}: a file that is not there", row.id);
        let vector = vectors.iter().find(|vector| vector.id() == row.id).expect("the sets are equal");
        (row.check)(vector);
    }
}

/// Of every vector whose keys are reproduced.
#[test]
fn boto3_and_this_library_read_each_others_items() {
    let (Some(mut vectors), Some(boto3)) = (file::read(), Boto3::of_environment()) else { return };
    let exchange = Rc::new(Exchange { boto3, items: Cell::new(0) });
    for vector in &mut vectors {
        vector.exchange_with(&exchange);
        let row = ROWS.iter().copied().flatten().find(|row| row.id == vector.id()).expect("a row");
        (row.check)(vector);
    }
    println!("{} items", exchange.items.get());
    assert!(exchange.items.get() > 20, "the vectors are not compared where they were");
}

/// `ui` shows that these files do not compile, and what the compiler says.
fn has_its_files(outcome: &str) -> bool {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = outcome.split(' ').filter(|word| word.starts_with("refused/"));
    let mut files = names.map(|name| here.join("vectors").join(name.trim_end_matches([',', ';'])));
    files.all(|file| file.is_file() && file.with_extension("stderr").is_file())
}
