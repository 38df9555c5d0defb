//! The process as a table.

use fieldwork::workflow::{RECORD, State, Step};
use kernel::workflow::Named;
use proptest::prelude::*;

#[test]
fn the_table_is_sound() {
    assert_eq!(RECORD.faults(), Vec::<String>::new());
}

proptest! {
    /// Whatever is done in whatever order: what was set aside stays so, what is accepted is left only for another reading, and
    /// nothing counts that nobody handed in.
    #[test]
    fn no_way_leads_around_the_office(steps in proptest::collection::vec(0..Step::ALL.len(), 0..12), start in 0..2_usize) {
        let mut state = [State::Draft, State::Rival][start];
        let mut handed = false;
        for step in steps.into_iter().map(|n| Step::ALL[n]) {
            let before = state;
            let Ok(row) = RECORD.step(state, step) else { continue };
            state = row.to;
            handed |= matches!(step, Step::HandIn | Step::Choose);
            prop_assert_ne!(before, State::Aside);
            prop_assert!(before != State::Accepted || state == State::Aside);
            prop_assert!(!state.counts() || handed);
            prop_assert!(!(state.open() && state.counts()));
        }
    }
}
