//! What the stories do not tell of: questions to reporters, neighbours' words, one matter reported by many, what comes back after
//! closing, and second looks. A few of each, so that every page has something to show.

use super::cases::Theatre;
use super::system;
use crate::story::Actor;
use cases::commands::{self, NewCase, Outcome, Say};
use cases::model::{Case, LookState, Source};
use cases::queries;
use cases::rules::RULES;
use cases::workflow::State;
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Instant, MINUTE, SECOND};
use std::sync::Arc;
use store::words::index_tokens;

/// What several passers-by say of one thing.
const MANY: [&str; 5] = [
    "这里的问题好几天了，麻烦派人来看看",
    "我也看到了，路过很不方便",
    "同一个地方，晚上更看不清",
    "希望尽快处理，老人小孩都从这里走",
    "已经有人报过吗？还没有人来",
];

impl Theatre<'_> {
    /// Plays all of it in the last minutes before `now`.
    pub(super) fn edges(&self, now: Instant) -> Result<()> {
        let mut at = now.plus(-10 * MINUTE);
        let mut next = || {
            at = at.plus(SECOND);
            system(self.city, at)
        };
        let mut all: Vec<Case> = Vec::new();
        for id in self.cases.values() {
            let id = *id;
            all.extend(self.city.db().read_now(move |tx| cases::store::case(tx, id))?);
        }
        all.sort_by_key(|c| std::cmp::Reverse(c.id));
        let citizens = |states: &[State]| -> Vec<Case> {
            let fits = |c: &&Case| {
                states.contains(&c.state)
                    && c.source == Source::Citizen
                    && c.parent_id.is_none()
                    && c.place().is_some()
            };
            all.iter().filter(fits).cloned().collect()
        };
        let at_unit = citizens(&[State::Dispatched, State::Handling]);
        let waiting = citizens(&[State::Reported, State::Confirmed, State::Registered]);
        // the last of those at a unit: the first ones are asked about below
        if let Some(first) = waiting.first().or(at_unit.last()) {
            for (n, words) in (0_u8..).zip(MANY) {
                let near = f64::from(n + 1) * 0.00004;
                self.again(&next(), first, near, words, None)?;
            }
        }
        if let Some(case) = at_unit.first() {
            self.ask(&next(), case.id)?;
        }
        if let Some(case) = at_unit.get(1) {
            let id = case.id;
            self.ask(&next(), id)?;
            let ctx = self.folk.ctx(&next(), Actor::Reporter);
            self.run(&ctx, move |c, tx, d| {
                commands::reply(c, tx, d, id, "就在小区东门出来往南第三根电线杆旁边。", &[])
            })?;
        }
        if let Some(case) = at_unit.get(2)
            && let Some(clerk) = self.clerk(&next(), case)
        {
            let id = case.id;
            self.run(&clerk, move |c, tx, _| {
                commands::wish_question(c, tx, id, "照片上看不出是哪一侧，请问在路的哪一边？")
            })?;
        }
        for case in citizens(&[State::Answered]).iter().take(2) {
            self.voices(&mut next, case)?;
        }
        if let Some(closed) = citizens(&[State::Closed]).first() {
            let filed = self.again(&next(), closed, 0.00002, "才几天又这样了", Some(closed.id))?;
            let verifier = self.folk.ctx(&next(), Actor::Inspector(0));
            self.run(&verifier, move |c, tx, d| commands::confirm(c, tx, d, filed))?;
        }
        self.looks(&mut next)
    }

    /// Another report close to a case.
    fn again(
        &self,
        base: &Ctx,
        like: &Case,
        off: f64,
        words: &str,
        earlier: Option<Id<Case>>,
    ) -> Result<Id<Case>> {
        let mut new = NewCase::new(Source::Citizen, words);
        new.item = like.item_id;
        new.place = like.place().map(|p| Point { lng: p.lng + off, lat: p.lat });
        new.address.clone_from(&like.address);
        new.again = earlier;
        let ctx = self.folk.ctx(base, Actor::Reporter);
        let (inner, desk, index) = (ctx.clone(), Arc::clone(&self.desk), Arc::clone(&self.index));
        let tokens = index_tokens(&format!("{words} {}", like.address));
        let submit = move |tx: &mut store::Tx<'_>| commands::submit(&inner, tx, &desk, &index, &tokens, new);
        Ok(self.city.db().write_now(&ctx, submit)?.id)
    }

    fn ask(&self, base: &Ctx, id: Id<Case>) -> Result<()> {
        let ctx = self.folk.ctx(base, Actor::Dispatcher(0));
        self.run(&ctx, move |c, tx, d| {
            commands::inquire(c, tx, d, id, "您好，请问问题在路的哪一侧？附近有什么店铺或标志？")
        })
    }

    fn clerk(&self, base: &Ctx, case: &Case) -> Option<Ctx> {
        let unit = self.folk.units.iter().position(|u| Some(u.id) == case.lead_unit)?;
        Some(self.folk.ctx(base, Actor::Unit(unit)))
    }

    fn voices(&self, next: &mut dyn FnMut() -> Ctx, case: &Case) -> Result<()> {
        let said = [(true, "看着干净多了"), (true, ""), (false, "墙角还有一点没清")];
        for (n, (fixed, words)) in said.into_iter().enumerate() {
            let say = Say {
                fixed,
                words: words.to_owned(),
                place: case.place(),
                device: format!("demo-{n}"),
                origin: format!("demo-{n}"),
                ..Say::default()
            };
            let (id, secrets) = (case.id, self.city.db().secrets().clone());
            let ctx = self.folk.ctx(&next(), Actor::Reporter);
            self.run(&ctx, move |c, tx, _| commands::say(c, tx, &secrets, id, &say))?;
        }
        Ok(())
    }

    /// A demonstration is short: more cases are drawn, and sooner, than a city would.
    fn looks(&self, next: &mut dyn FnMut() -> Ctx) -> Result<()> {
        let leader = self.folk.ctx(&next(), Actor::Leader(0));
        let percent = |look_percent: u32| {
            self.run(&leader, move |c, tx, _| {
                let rules = RULES.get(tx)?;
                commands::edit_rules(c, tx, &cases::rules::Rules { look_percent, look_days: 2, ..rules })
            })
        };
        // by a fifth of a dozen cases a small city would now and then have none at all
        percent(60)?;
        let ctx = next();
        let mut after = None;
        loop {
            let (inner, secrets) = (ctx.clone(), self.city.db().secrets().clone());
            let draw = move |tx: &mut store::Tx<'_>| commands::draw_looks(&inner, tx, &secrets, after, 500);
            match self.city.db().write_now(&ctx, draw)? {
                Some(last) => after = Some(last),
                None => break,
            }
        }
        percent(20)?;
        let verifier = self.folk.ctx(&next(), Actor::Inspector(1));
        let inner = verifier.clone();
        let open = self.city.db().read_now(move |tx| queries::looks(&inner, tx, LookState::Open, None))?;
        let done = [(Outcome::Held, "现场保持良好"), (Outcome::File, "清理过，又堆上了")];
        // most stay open, for whoever tries the page
        for (look, (outcome, note)) in open.rows.iter().skip(2).zip(done) {
            let id = look.case_id;
            self.run(&verifier, move |c, tx, d| commands::second_look(c, tx, d, id, outcome, note, &[]))?;
        }
        Ok(())
    }
}
