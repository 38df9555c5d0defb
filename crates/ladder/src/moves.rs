//! Which moves a person may make on a letter now: the process, the policy, and the guards that commands check again.

use crate::commands::guard;
use crate::model::{Letter, OFFERED};
use crate::policy::POLICY;
use crate::workflow::{LETTER, Step};
use kernel::ctx::Ctx;

/// In the order in which they are offered.
pub fn allowed(ctx: &Ctx, letter: &Letter) -> Vec<Step> {
    let standing = letter.standing();
    OFFERED
        .iter()
        .filter(|(step, act)| {
            LETTER.step(letter.state, *step).is_ok()
                && POLICY.may(ctx, *act, &standing)
                && guard(ctx, letter, *step).is_ok()
        })
        .map(|(step, _)| *step)
        .collect()
}
