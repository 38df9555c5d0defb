//! The register of letters: filters, pages, count, export.

use crate::model::{Letter, Rung};
use crate::policy::visible_to;
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use store::{Query, Tx, record};
use web::list::{Cursor, PAGE_SIZE, Page, Params};

kernel::named! {
    /// Which letters: each number of the office's page is one of these.
    pub enum Show {
        Proposed = "proposed",
        Submitted = "submitted",
        /// Out, and nobody of the unit has seen it.
        Unread = "unread",
        /// Out, and an answer is owed.
        Waiting = "waiting",
        /// Its answer is late.
        Late = "late",
        /// Answered, and the office has not ended it.
        Answered = "answered",
        /// A talk that is to come.
        Talks = "talks",
        /// A talk after which undertakings run.
        Held = "held",
        /// Everything that has not ended.
        Open = "open",
        Ended = "ended",
    }
}

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub words: String,
    pub show: Option<Show>,
    pub rung: Option<Rung>,
    pub state: Option<State>,
    pub unit: Option<Id<Unit>>,
}

fn choice<T: Named>(params: &Params, name: &'static str) -> Result<Option<T>> {
    match params.get(name) {
        "" => Ok(None),
        text => T::parse(text).map(Some).ok_or_else(|| Problem::field(name, "not-a-choice")),
    }
}

impl Filter {
    pub fn read(params: &Params) -> Result<Self> {
        let unit = match params.get("unit") {
            "" => None,
            text => Some(Id::new(text.parse().map_err(|_| Problem::field("unit", "not-a-choice"))?)),
        };
        Ok(Self {
            words: params.get("q").to_owned(),
            show: choice(params, "show")?,
            rung: choice(params, "rung")?,
            state: choice(params, "state")?,
            unit,
        })
    }

    pub(super) fn apply<R>(&self, ctx: &Ctx, tx: &Tx<'_>, q: &mut Query<R>) {
        visible(ctx, q);
        let out = &[State::Issued, State::Acknowledged];
        match self.show {
            None => {}
            Some(Show::Proposed) => drop(q.filter("state = ?", &[&State::Proposed])),
            Some(Show::Submitted) => drop(q.filter("state = ?", &[&State::Submitted])),
            Some(Show::Unread) => drop(q.filter("state = ?", &[&State::Issued])),
            Some(Show::Waiting) => drop(q.one_of("state", out).filter("answer_by is not null", &[])),
            Some(Show::Late) => drop(q.one_of("state", out).filter("answer_by < ?", &[&ctx.now])),
            Some(Show::Answered) => drop(q.filter("state = ?", &[&State::Answered])),
            Some(Show::Talks) => drop(
                q.one_of("state", &[State::Issued, State::Acknowledged, State::Answered])
                    .filter("rung = ?", &[&Rung::Summons]),
            ),
            Some(Show::Held) => drop(q.filter("state = ?", &[&State::Held])),
            Some(Show::Open) => drop(q.one_of("state", &states(false))),
            Some(Show::Ended) => drop(q.one_of("state", &states(true))),
        }
        if let Some(rung) = self.rung {
            q.filter("rung = ?", &[&rung]);
        }
        if let Some(state) = self.state {
            q.filter("state = ?", &[&state]);
        }
        if let Some(unit) = self.unit {
            q.filter("unit_id = ?", &[&unit]);
        }
        let words = self.words.trim();
        if !words.is_empty() {
            // people paste numbers; everything else is looked up word by word
            let exact = "number = ? or code = ? or subject_number = ?";
            match tx.words_condition("id", words) {
                Some((condition, value)) => {
                    q.filter(&format!("{exact} or {condition}"), &[&words, &words, &words, &value])
                }
                None => q.filter(exact, &[&words, &words, &words]),
            };
        }
    }
}

fn states(over: bool) -> Vec<State> {
    State::ALL.iter().copied().filter(|s| s.is_over() == over).collect()
}

/// Only what this person may see; agrees with `POLICY.may(ctx, Act::View, …)`.
pub(super) fn visible<R>(ctx: &Ctx, q: &mut Query<R>) {
    let visible = visible_to(ctx);
    if visible.all {
        return;
    }
    let (mut conditions, mut values): (Vec<String>, Vec<i64>) = (Vec::new(), Vec::new());
    for (tie, units) in visible.ties.iter().filter(|(_, units)| !units.is_empty()) {
        let marks = vec!["?"; units.len()].join(", ");
        match tie {
            Tie::Governs => conditions.push(format!("governing_unit in ({marks})")),
            Tie::Leads => conditions.push(format!("(issued_at is not null and unit_id in ({marks}))")),
            Tie::Assists => continue,
        }
        values.extend(units.iter().map(|u| u.raw()));
    }
    if conditions.is_empty() {
        q.filter("1 = 0", &[]);
        return;
    }
    let binds: Vec<&dyn store::Bind> = values.iter().map(|v| v as &dyn store::Bind).collect();
    q.filter(&conditions.join(" or "), &binds);
}

record! {
    /// A line of the register.
    #[derive(Clone, Debug)]
    pub struct LetterLine {
        pub id: Id<Letter>,
        pub code: String,
        pub number: Option<String>,
        pub rung: Rung,
        pub state: State,
        pub step: String,
        pub subject_kind: String,
        pub subject_number: String,
        pub subject_title: String,
        pub unit_id: Id<Unit>,
        pub proposed_at: Instant,
        pub issued_at: Option<Instant>,
        pub answer_by: Option<Instant>,
        pub acknowledged_at: Option<Instant>,
        pub answered_at: Option<Instant>,
        pub meet_at: Option<Instant>,
        pub ended_at: Option<Instant>,
    }
}

impl LetterLine {
    pub fn name(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.code)
    }

    pub fn is_late(&self, now: Instant) -> bool {
        self.state.waits_for_unit() && self.answer_by.is_some_and(|by| by < now)
    }
}

/// A page of the register, newest first.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter, after: Option<Cursor>) -> Result<Page<LetterLine>> {
    let mut q = Query::<LetterLine>::new("select {*} from ladder_letter");
    filter.apply(ctx, tx, &mut q);
    if let Some(c) = after {
        q.filter("(proposed_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    let rows = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    q.tail("order by proposed_at desc, id desc limit ?", &[&rows]);
    let cursor = |l: &LetterLine| Cursor { sort: l.proposed_at.0, id: l.id.raw() };
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, cursor))
}

/// How many there are in all.
pub fn count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from ladder_letter");
    filter.apply(ctx, tx, &mut q);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// Every letter of the list, for exports, at most `limit`.
pub fn each(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter, limit: usize) -> Result<Vec<LetterLine>> {
    let mut q = Query::<LetterLine>::new("select {*} from ladder_letter");
    filter.apply(ctx, tx, &mut q);
    q.tail("order by proposed_at desc, id desc limit ?", &[&i64::try_from(limit).unwrap_or(i64::MAX)]);
    tx.query(&q)
}
