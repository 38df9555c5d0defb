//! The lives of a unit and of an account, each whole on one page.

use crate::model::{AccountMove, AccountState, UnitMove, UnitState};
use kernel::workflow::{ClockEffect, Move, Workflow};

/// A unit is closed when it is dissolved, and merged when another takes over what it had. A merged unit is not opened
/// again: its things belong to its successor.
pub const UNIT: Workflow<UnitState, UnitMove> = Workflow {
    entity: "unit",
    start: &[UnitState::Active],
    ends: &[UnitState::Closed, UnitState::Merged],
    moves: &[
        Move {
            from: &[UnitState::Active],
            name: UnitMove::Close,
            to: UnitState::Closed,
            clock: ClockEffect::Run,
        },
        Move {
            from: &[UnitState::Closed],
            name: UnitMove::Reopen,
            to: UnitState::Active,
            clock: ClockEffect::Run,
        },
        Move {
            from: &[UnitState::Active],
            name: UnitMove::Merge,
            to: UnitState::Merged,
            clock: ClockEffect::Run,
        },
    ],
};

/// An account is locked for a while and closed for good; a closed one is opened again only when its person returns,
/// because its name stands in the log and must not pass to somebody else.
pub const ACCOUNT: Workflow<AccountState, AccountMove> = Workflow {
    entity: "account",
    start: &[AccountState::Active],
    ends: &[AccountState::Closed],
    moves: &[
        Move {
            from: &[AccountState::Active],
            name: AccountMove::Lock,
            to: AccountState::Locked,
            clock: ClockEffect::Run,
        },
        Move {
            from: &[AccountState::Locked],
            name: AccountMove::Unlock,
            to: AccountState::Active,
            clock: ClockEffect::Run,
        },
        Move {
            from: &[AccountState::Active, AccountState::Locked],
            name: AccountMove::Close,
            to: AccountState::Closed,
            clock: ClockEffect::Run,
        },
        Move {
            from: &[AccountState::Closed],
            name: AccountMove::Reopen,
            to: AccountState::Active,
            clock: ClockEffect::Run,
        },
    ],
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_are_sound() {
        assert_eq!(super::UNIT.faults(), Vec::<String>::new());
        assert_eq!(super::ACCOUNT.faults(), Vec::<String>::new());
    }
}
