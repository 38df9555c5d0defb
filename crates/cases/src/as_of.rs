//! The bar above every page of a day that is over: which day it is, that nothing can be changed there, the way back to now,
//! and the days beside it. Pages of other features show it too.

use crate::queries;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{Date, date_from_epoch_days, days_since_epoch, months_later};
use store::Tx;
use web::list::Params;
use web::{Req, Ui};

/// What an address asks for with `on`, looked at.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// None: now.
    pub day: Option<Date>,
    /// The first day that can be asked for.
    pub first: Date,
    /// Whether the days before the time machine have all been worked out.
    pub complete: bool,
}

/// Reads `on`. `first`: the first day that the page itself knows of; the cases may know of an earlier one.
///
/// # Errors
/// 422 at the field `on`: no date, a day that has not come, or one before the first.
pub fn asked(ctx: &Ctx, tx: &mut Tx<'_>, params: &Params, first: Option<Date>) -> Result<Asked> {
    let day = queries::past_day(ctx, params)?;
    let day = queries::settled_day(ctx, tx, day, first)?;
    let known = queries::first_day(tx)?.into_iter().chain(first).min();
    Ok(Asked { day, first: known.unwrap_or_else(|| ctx.now.date()), complete: queries::is_complete(tx)? })
}

/// The bar. Written into a template as it is: `{{ as_of }}`.
#[derive(askama::Template)]
#[template(path = "cases/as_of.html")]
pub struct AsOf {
    ui: Ui,
    path: String,
    params: Params,
    asked: Asked,
    today: Date,
    /// Whether the bar is shown on the present too, as a way into the past.
    always: bool,
}

impl askama::filters::HtmlSafe for AsOf {}

/// A step to another day; without a day it cannot be taken.
struct Move {
    key: &'static str,
    icon: &'static str,
    query: Option<String>,
}

impl AsOf {
    /// The bar of a page; nothing on the present.
    pub fn new(req: &Req, params: &Params, asked: Asked) -> Self {
        Self {
            ui: req.ui(),
            path: req.path.clone(),
            params: params.clone(),
            asked,
            today: req.ctx.now.date(),
            always: false,
        }
    }

    /// The bar of a page that is about days: on the present too.
    pub fn always(req: &Req, params: &Params, asked: Asked) -> Self {
        Self { always: true, ..Self::new(req, params, asked) }
    }

    fn shown(&self) -> bool {
        self.always || self.asked.day.is_some()
    }

    fn day(&self) -> Date {
        self.asked.day.unwrap_or(self.today)
    }

    fn now(&self) -> String {
        self.params.with("on", "")
    }

    fn query(&self, day: Date) -> Option<String> {
        let fits = day >= self.asked.first && day <= self.today && day != self.day();
        let on = if day == self.today { String::new() } else { day.to_string() };
        fits.then(|| self.params.with("on", &on))
    }

    fn moves(&self) -> [Move; 4] {
        let day = self.day();
        let step = |key, icon, to: Date| Move { key, icon, query: self.query(to) };
        // a month further than the ends is the end
        let held = |to: Date| to.clamp(self.asked.first, self.today.max(self.asked.first));
        [
            step("past-month-before", "chevron-left", held(months_later(day, -1))),
            step("past-day-before", "chevron-left", days(day, -1)),
            step("past-day-after", "chevron-right", days(day, 1)),
            step("past-month-after", "chevron-right", held(months_later(day, 1))),
        ]
    }

    /// The conditions of the page, which another day keeps.
    fn kept(&self) -> Vec<(String, String)> {
        let rest = self.params.with("on", "");
        let pairs = Params::parse(&rest);
        rest.split('&')
            .filter_map(|pair| pair.split_once('=').map(|(name, _)| name.to_owned()))
            .map(|name| (name.clone(), pairs.get(&name).to_owned()))
            .collect()
    }
}

/// So many days later.
fn days(day: Date, by: i64) -> Date {
    date_from_epoch_days(i64::from(days_since_epoch(day)) + by)
}
