//! How often one address may ask for walls in a minute, and how often with a word that is none. Counted in memory in windows of
//! a minute: a word has 130 random bits, so this is against floods, not against luck.

use kernel::problem::{Problem, Result};
use kernel::time::{Instant, MINUTE, SECOND};
use parking_lot::Mutex;
use std::collections::HashMap;
use web::Req;

/// Words that are none.
const WRONG: u32 = 12;
/// Questions of all kinds: a wall asks some six times a minute, and several may hang behind one address.
const ASKED: u32 = 600;

#[derive(Clone, Copy, Default)]
struct Count {
    asked: u32,
    wrong: u32,
}

#[derive(Default)]
struct Window {
    minute: i64,
    counts: HashMap<String, Count>,
}

/// Counts of the minute that runs, of one city.
#[derive(Default)]
pub(crate) struct Knocks(Mutex<Window>);

impl Knocks {
    fn count(&self, origin: &str, now: Instant, wrong: bool) -> Result<()> {
        let mut window = self.0.lock();
        let minute = now.0.div_euclid(MINUTE);
        if window.minute != minute {
            *window = Window { minute, ..Window::default() };
        }
        let count = window.counts.entry(origin.to_owned()).or_default();
        if wrong {
            count.wrong = count.wrong.saturating_add(1);
        } else {
            count.asked = count.asked.saturating_add(1);
        }
        if count.asked <= ASKED && count.wrong <= WRONG {
            return Ok(());
        }
        let rest = (MINUTE - now.0.rem_euclid(MINUTE) + SECOND - 1) / SECOND;
        Err(Problem::new(429, "too-many-requests").arg("seconds", rest))
    }
}

fn of(req: &Req) -> std::sync::Arc<Knocks> {
    req.city.kept::<Knocks>().unwrap_or_else(|| req.city.keep(Knocks::default()))
}

/// Counts a question.
///
/// # Errors
/// 429 where it is one too many.
pub(crate) fn ask(req: &Req) -> Result<()> {
    of(req).count(&req.origin(), req.ctx.now, false)
}

/// Counts a word that is none.
///
/// # Errors
/// 429 where it is one too many.
pub(crate) fn wrong(req: &Req) -> Result<()> {
    of(req).count(&req.origin(), req.ctx.now, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dozen_wrong_words_a_minute_and_then_a_pause() {
        let knocks = Knocks::default();
        let now = Instant(90 * SECOND);
        for _ in 0..WRONG {
            knocks.count("a", now, true).unwrap();
        }
        let refused = knocks.count("a", now, true).unwrap_err();
        assert_eq!((refused.status, refused.args[0].1.as_str()), (429, "30"));
        assert!(knocks.count("a", now, false).is_err(), "also with a word that is one");
        knocks.count("b", now, false).unwrap();
        knocks.count("a", now.plus(MINUTE), false).unwrap();
    }
}
