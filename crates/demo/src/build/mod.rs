//! Carries the plans out: founds a city and lives its 18 months through the same commands that people use.
//!
//! Nothing is written past the commands, so that every step stands in the log, every deadline was worked out by the
//! calendar, and what the demonstration shows is what the program does.

mod acts;
mod answers;
mod cases;
mod edges;
pub mod evidence;
pub mod fieldwork;
pub mod inspections;
mod letters;
pub mod negative;
mod people;
pub mod photos;
mod places;
mod questions;
pub mod rounds;
pub mod shadow;
pub mod surveys;

use crate::story::{self, CaseStory};
use crate::town;
use crate::when::{Day, Moment};
use ::cases::desk::{Desk, Registered};
use kernel::ctx::{Actor, Ctx, Locale};
use kernel::problem::Result;
use kernel::time::{Instant, SECOND};
use std::sync::Arc;
use web::City;

/// The password of every account of the demonstration city. It is printed when the city is made and works nowhere else.
pub const PASSWORD: &str = "yanshi-2026-Jiayuguan";

/// How large a demonstration: tests take a small one.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Stories told, from the latest back; their parents, parts and twins included.
    pub cases: usize,
    /// How many of the latest cases get pictures, which take longest.
    pub pictures: usize,
}

impl Size {
    pub const FULL: Size = Size { cases: story::CASES, pictures: 260 };
    pub const SMALL: Size = Size { cases: 120, pictures: 4 };
}

/// What was made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    pub divisions: usize,
    pub sections: usize,
    pub sites: usize,
    pub units: usize,
    pub accounts: usize,
    pub adoptions: usize,
    pub cases: usize,
    pub steps: usize,
    /// Steps that a command refused, with the reason. The demonstration's own test wants none.
    pub refused: Vec<String>,
}

/// Makes the demonstration city in an empty database. `say` is told what is being done.
pub fn run(city: &City, seed: u64, now: Instant, size: Size, say: &mut dyn FnMut(&str)) -> Result<Made> {
    let today = Day::parse(&now.date().to_string()).unwrap_or_else(|| Day::of(2026, 1, 1));
    let town = town::generate(seed, today);
    let stories = chosen(story::write(seed, &town, Moment(now.0 / SECOND)), size.cases);
    let mut made = Made::default();
    let founded = Instant::start_of(now.date()).plus(-560 * kernel::time::DAY);
    let ctx = system(city, founded);

    say("people");
    let folk = people::settle(city, &ctx, &town, seed, &mut made)?;
    let inner = ctx.clone();
    // nobody can set up a second factor before the demonstration is opened; a real city keeps it required
    city.db()
        .write_now(&ctx, move |tx| ::people::settings::ADMINISTRATORS_NEED_FACTOR.set(tx, &inner, &false))?;
    say("places");
    let sections = places::lay_out(city, &ctx, &town, &folk, &mut made)?;
    ::places::kept::refresh_now(city)?;
    say("catalogue");
    cases::catalogue(city, &ctx, &stories)?;
    say("streets");
    places::adopt(city, &ctx, &town, &sections, &folk, &mut made)?;
    city.keep(Registered(streets::register()));
    letters::prepare(city, &ctx)?;
    Desk::forget(city);
    say("cases");
    cases::live(city, &folk, &stories, size, &mut made, now, say)?;
    let news = now.plus(-10 * kernel::time::DAY);
    city.db().write_now(&ctx, move |tx| ::cases::jobs::forget_old(tx, news))?;
    city.db().write_now(&ctx, move |tx| ladder::jobs::forget_old(tx, news))?;
    letters::switch_on(city, &system(city, now))?;
    Ok(made)
}

fn system(city: &City, now: Instant) -> Ctx {
    Ctx {
        city: city.code().clone(),
        actor: Actor::System("demo"),
        now,
        locale: Locale::ZhCn,
        request_id: Arc::from("demo"),
    }
}

/// The last `count` stories with whatever they refer to.
fn chosen(stories: Vec<CaseStory>, count: usize) -> Vec<CaseStory> {
    let first = stories.len().saturating_sub(count);
    let mut wanted: Vec<bool> = (0..stories.len()).map(|n| n >= first).collect();
    // references go to earlier stories, except a parent's to its parts; two passes reach both
    for _ in 0..2 {
        for (n, story) in stories.iter().enumerate() {
            if !wanted.get(n).copied().unwrap_or(false) {
                continue;
            }
            for other in relatives(story) {
                if let Some(w) = wanted.get_mut(other as usize) {
                    *w = true;
                }
            }
        }
    }
    stories.into_iter().zip(wanted).filter_map(|(story, keep)| keep.then_some(story)).collect()
}

fn relatives(story: &CaseStory) -> Vec<u32> {
    let mut ids: Vec<u32> = story.parent.into_iter().collect();
    for step in &story.steps {
        match &step.act {
            story::Act::Merge { into } => ids.push(*into),
            story::Act::Split { children, .. } => ids.extend(children),
            _ => {}
        }
    }
    ids
}
