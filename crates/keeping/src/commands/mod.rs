//! What people decide, one verb a file.

mod hold;
mod lift;
mod rotate;
mod set_days;

pub use hold::{NewHold, hold};
pub use lift::lift;
pub use rotate::rotate;
pub use set_days::set_days;

use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Problem, Result};

const MOST_WORDS: usize = 500;

/// A reason that somebody must give, in words.
fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("reason", "required")),
        n if n > MOST_WORDS => {
            Err(Problem::invalid(vec![FieldError::new("reason", "too-long").arg("max", MOST_WORDS)]))
        }
        _ => Ok(text.to_owned()),
    }
}

/// Who decided, for people to read.
fn by(ctx: &Ctx) -> String {
    ctx.member().map(|member| member.name.clone()).unwrap_or_default()
}
