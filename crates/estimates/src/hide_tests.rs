//! Somebody who tries every table that fits what is shown.

use super::*;
use proptest::prelude::*;

const LEAST: u64 = 10;

/// Smallest and largest value of each interior cell over all tables that show the same, by trying; totals follow from cells.
/// Values of hidden cells are tried up to `most`.
fn attack(shown: &Shown, most: u64) -> Vec<Vec<(u64, u64)>> {
    let (rows, columns) = (shown.cells.len() - 1, shown.cells[0].len() - 1);
    let mut ranges = vec![vec![(u64::MAX, 0); columns]; rows];
    let mut table = vec![vec![0; columns]; rows];
    fill(shown, most, 0, &mut table, &mut ranges);
    ranges
}

fn fill(shown: &Shown, most: u64, at: usize, table: &mut Vec<Vec<u64>>, ranges: &mut Vec<Vec<(u64, u64)>>) {
    let (rows, columns) = (table.len(), table[0].len());
    let agrees = |shown: Option<u64>, sum: u64| shown.is_none_or(|s| s == sum);
    if at == rows * columns {
        let column = |c: usize| table.iter().map(|row| row[c]).sum::<u64>();
        let fits = (0..columns).all(|c| agrees(shown.cells[rows][c], column(c)))
            && agrees(shown.cells[rows][columns], table.iter().flatten().sum());
        if fits {
            for (row, ranges) in table.iter().zip(ranges) {
                for (value, (low, high)) in row.iter().zip(ranges) {
                    (*low, *high) = ((*low).min(*value), (*high).max(*value));
                }
            }
        }
        return;
    }
    let (r, c) = (at / columns, at % columns);
    let values = shown.cells[r][c].map_or(0..=most, |v| v..=v);
    for value in values {
        table[r][c] = value;
        let whole = c + 1 < columns || agrees(shown.cells[r][columns], table[r].iter().sum());
        let over = shown.cells[r][columns].is_some_and(|t| table[r][..=c].iter().sum::<u64>() > t);
        if over {
            break;
        }
        if whole {
            fill(shown, most, at + 1, table, ranges);
        }
    }
    table[r][c] = 0;
}

#[test]
fn a_small_cell_takes_three_others_with_it() {
    let shown = hide(&[vec![3, 40, 57], vec![30, 45, 25], vec![60, 20, 20]], LEAST, &BTreeSet::new());
    // the cheapest rectangle: 3 and 57 with 30 and 25, or 3 and 40 with 60 and 20 ...
    assert_eq!(shown.cells[0][0], None);
    assert_eq!(shown.guards.len(), 3);
    assert!(shown.cells[3].iter().all(Option::is_some) && shown.cells.iter().all(|row| row[3].is_some()));
    let ranges = attack(&shown, 60);
    assert!(ranges[0][0].1 - ranges[0][0].0 >= LEAST, "{shown:?} {ranges:?}");
}

#[test]
fn nothing_small_hides_nothing_and_few_people_hide_all() {
    let shown = hide(&[vec![10, 20], vec![30, 40]], LEAST, &BTreeSet::new());
    assert_eq!(
        shown.cells,
        [[Some(10), Some(20), Some(30)], [Some(30), Some(40), Some(70)], [Some(40), Some(60), Some(100)]]
    );
    assert!(shown.guards.is_empty());
    let few = hide(&[vec![1, 2], vec![3, 3]], LEAST, &BTreeSet::new());
    assert!(few.cells.iter().flatten().all(Option::is_none));
    assert_eq!(hide(&[], LEAST, &BTreeSet::new()).cells, [[None]]);
}

/// A row of nothing: with its total shown it would be known to the last person.
#[test]
fn a_row_of_nobody_is_no_secret_told() {
    let counts = [vec![0, 0, 0], vec![50, 60, 70]];
    let shown = hide(&counts, LEAST, &BTreeSet::new());
    let mut table = Table::new(&counts);
    table.hidden = table.all().filter(|(r, c)| shown.cells[*r][*c].is_none()).collect();
    for column in 0..3 {
        assert!(table.width((0, column), LEAST) >= LEAST, "{shown:?}");
    }
    assert_eq!(shown.cells[2][3], Some(180), "the number of all is no secret");
}

#[test]
fn what_another_table_hides_stays_hidden() {
    let hidden = BTreeSet::from([(0, 2)]);
    let shown = hide(&[vec![30, 40], vec![50, 60]], LEAST, &hidden);
    assert_eq!(shown.cells[0][2], None);
    assert_eq!(shown.guards, hidden);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// The range that is promised is the range that trying finds.
    #[test]
    fn no_subtraction_finds_a_small_cell(
        counts in proptest::collection::vec(proptest::collection::vec(prop_oneof![0u64..6, 6u64..14], 2), 2)
    ) {
        let least = 4;
        let shown = hide(&counts, least, &BTreeSet::new());
        prop_assume!(counts.iter().flatten().sum::<u64>() >= least);
        let ranges = attack(&shown, 24);
        for (r, row) in counts.iter().enumerate() {
            for (c, count) in row.iter().enumerate() {
                match shown.cells[r][c] {
                    Some(value) => prop_assert!(value == *count && *count >= least),
                    None if *count < least => {
                        let (low, high) = ranges[r][c];
                        prop_assert!(high - low >= least, "{:?} {:?}", shown, ranges);
                    }
                    None => {}
                }
            }
        }
    }

    /// Larger tables, by the exact width instead of trying.
    #[test]
    fn large_tables_too(counts in proptest::collection::vec(proptest::collection::vec(0u64..60, 6), 2..7)) {
        let shown = hide(&counts, LEAST, &BTreeSet::new());
        let mut table = Table::new(&counts);
        prop_assume!(table.count(table.last()) >= LEAST);
        table.hidden = table.all().filter(|(r, c)| shown.cells[*r][*c].is_none()).collect();
        for cell in table.all() {
            if table.count(cell) < LEAST {
                prop_assert!(table.width(cell, LEAST) >= LEAST);
            }
        }
        prop_assert!(shown.cells[table.last().0][table.last().1].is_some());
    }
}
