//! What a list shows: read from an address, checked, turned into conditions.

use super::named::ByName;
use super::phone::{self, Caller};
use crate::model::{Item, Section, Source};
use crate::policy::visible_to;
use crate::workflow::State;
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use places::PlaceIndex;
use store::{Query, Record, Tx};
use web::list::Params;

/// How a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Newest report first.
    #[default]
    Newest,
    /// What is due next first; only what has a deadline running.
    Due,
}

/// Whom a unit has given a case to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    /// Whoever asks.
    Me,
    Nobody,
    Person(Id<Person>),
}

/// Conditions of a list, all of which must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub words: String,
    pub states: Vec<State>,
    pub source: Option<Source>,
    /// An item, unit, section or division; 0 stands for none at all, as in the rates.
    pub item: Option<Id<Item>>,
    pub unit: Option<Id<Unit>>,
    pub section: Option<Id<Section>>,
    pub division: Option<i64>,
    /// One of several divisions: a street with its communities.
    pub divisions: Vec<i64>,
    /// Code of a unit grid cell; 0 for none.
    pub grid: String,
    /// Metres along the section, from and to.
    pub along: Option<(f64, f64)>,
    /// West, south, east, north in degrees.
    pub area: Option<[f64; 4]>,
    /// A division with all below it: what `area` names where it is no square. To be looked up with [`Filter::in_city`].
    pub below: Option<String>,
    /// The divisions that `below` means.
    pub within: Vec<i64>,
    pub reported_from: Option<Date>,
    pub reported_until: Option<Date>,
    /// By deadline, as the rates count: from this day, up to and including that one.
    pub due_from: Option<Date>,
    pub due_until: Option<Date>,
    /// Closed from this day, up to and including that one.
    pub closed_from: Option<Date>,
    pub closed_until: Option<Date>,
    /// Last answered from this day, up to and including that one.
    pub answered_from: Option<Date>,
    pub answered_until: Option<Date>,
    /// `overdue`, `today` (due before midnight), `soon` (due within a day), `late` (closed late), `on-time`, `rework`, `returned`, `extended`,
    /// `contested`, `supervised`, `urgent`, `counted` (as the rates count them), `recurrence` (an earlier case again),
    /// `recurred` (came back after closing), `waiting` (for the reporter's answer), `forwarded` (for somebody outside), `spoken` (nobody has typed it), `standing` (not refused, merged or voided).
    pub only: Vec<String>,
    pub mine: bool,
    /// Whom of its people the unit has given it to; as of now, also where a day is asked for.
    pub handler: Option<Handler>,
    /// Reported from this number. Refused to who may not know reporters.
    pub caller: Option<Caller>,
    pub sort: Sort,
    /// As it was at the end of this day: conditions are about the case as it stood then. Whom it is shown to is decided as of now.
    pub on: Option<Date>,
    /// What else the words mean; filled in by the queries.
    pub named: ByName,
}

const ONLY: &[&str] = &[
    "overdue",
    "today",
    "soon",
    "late",
    "on-time",
    "rework",
    "returned",
    "extended",
    "contested",
    "supervised",
    "urgent",
    "counted",
    "closed",
    "satisfied",
    "rated",
    "handled",
    "recurrence",
    "recurred",
    "waiting",
    "standing",
    "forwarded",
    "spoken",
];

impl Filter {
    /// Reads an address' query. A value that is none of the list is an error, not silently everything.
    pub fn read(params: &Params) -> Result<Self> {
        let bad = |field: &'static str| Problem::field(field, "not-a-choice");
        let date = |name: &'static str| match params.get(name) {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| Problem::field(name, "not-a-date")),
        };
        let id = |name: &'static str| match params.get(name) {
            "" => Ok(None),
            text => text.parse::<i64>().map(Some).map_err(|_| bad(name)),
        };
        let states = match params.get("state") {
            "" => Vec::new(),
            "open" => State::open(),
            list => {
                list.split(',').map(|s| State::parse(s).ok_or_else(|| bad("state"))).collect::<Result<_>>()?
            }
        };
        let only: Vec<String> =
            params.get("only").split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect();
        if only.iter().any(|o| !ONLY.contains(&o.as_str())) {
            return Err(bad("only"));
        }
        Ok(Self {
            words: params.get("q").to_owned(),
            states,
            source: match params.get("source") {
                "" => None,
                text => Some(Source::parse(text).ok_or_else(|| bad("source"))?),
            },
            item: id("item")?.map(Id::new),
            unit: id("unit")?.map(Id::new),
            section: id("section")?.map(Id::new),
            division: id("division")?,
            divisions: match params.get("divisions") {
                "" => Vec::new(),
                list => {
                    list.split(',').map(|d| d.parse().map_err(|_| bad("divisions"))).collect::<Result<_>>()?
                }
            },
            grid: params.get("grid").to_owned(),
            along: match numbers(params.get("along"), '-', "along")?.as_slice() {
                [] => None,
                [from, to] if from <= to => Some((*from, *to)),
                _ => return Err(bad("along")),
            },
            area: match params.get("area") {
                one if !one.contains(',') => None,
                square => match numbers(square, ',', "area")?.as_slice() {
                    [w, s, e, n] if w <= e && s <= n => Some([*w, *s, *e, *n]),
                    _ => return Err(bad("area")),
                },
            },
            below: Some(params.get("area")).filter(|a| !a.is_empty() && !a.contains(',')).map(str::to_owned),
            within: Vec::new(),
            reported_from: date("from")?,
            reported_until: date("until")?,
            due_from: date("due_from")?,
            due_until: date("due_until")?,
            closed_from: date("closed_from")?,
            closed_until: date("closed_until")?,
            answered_from: date("answered_from")?,
            answered_until: date("answered_until")?,
            only,
            mine: params.has("mine", "1"),
            handler: match params.get("handler") {
                "" => None,
                "me" => Some(Handler::Me),
                "0" => Some(Handler::Nobody),
                _ => id("handler")?.map(|id| Handler::Person(Id::new(id))),
            },
            caller: Caller::parse(params.get("caller"))?,
            sort: match params.get("sort") {
                "" | "newest" => Sort::Newest,
                "due" => Sort::Due,
                _ => return Err(bad("sort")),
            },
            on: date("on")?,
            named: ByName::default(),
        })
    }

    /// Looks up the division that `area` names, by its code or id.
    ///
    /// # Errors
    /// 422 at the field `area` where the city has no such division.
    pub fn in_city(self, index: &PlaceIndex) -> Result<Self> {
        let Some(named) = &self.below else { return Ok(self) };
        let node = index.by_code(named).or_else(|| index.division(Id::new(named.parse().ok()?)));
        let node = node.ok_or_else(|| Problem::field("area", "not-a-choice"))?;
        let within = index.divisions().iter().filter(|n| n.path.contains(&node.id)).map(|n| n.id.raw());
        Ok(Self { within: within.collect(), ..self })
    }

    /// Adds the conditions, and that of what the person may see.
    pub(super) fn apply<R: Record>(&self, ctx: &Ctx, tx: &Tx<'_>, q: &mut Query<R>) -> Result<()> {
        match self.on {
            None => visible(ctx, q),
            Some(day) => super::past::on_day(ctx, self, day, q),
        }
        if !self.words.is_empty() {
            // a number is looked for as such, in whole or by its end
            if self.words.to_uppercase().starts_with("CASE-") {
                q.filter("number = ?", &[&self.words.to_uppercase()]);
            } else if let Some((condition, value)) = tx.words_condition("id", &self.words) {
                let condition = format!("{condition}{}", self.named.or());
                match phone::meant(ctx, tx, &self.words)? {
                    Some(caller) => q.filter(
                        &format!(
                            "{condition} or id in (select case_id from case_reporter where phone_mark = ?)"
                        ),
                        &[&value, &caller.as_str()],
                    ),
                    None => q.filter(&condition, &[&value]),
                };
            }
        }
        if let Some(caller) = &self.caller {
            phone::reported_by(ctx, caller, q)?;
        }
        if !self.states.is_empty() {
            q.one_of("state", &self.states);
        }
        if let Some(source) = self.source {
            q.filter("source = ?", &[&source]);
        }
        for (column, wanted) in [
            ("item_id", self.item.map(Id::raw)),
            ("lead_unit", self.unit.map(Id::raw)),
            ("section_id", self.section.map(Id::raw)),
            ("division_id", self.division),
        ] {
            match wanted {
                None => {}
                Some(0) => {
                    q.filter(&format!("{column} is null"), &[]);
                }
                Some(id) => {
                    q.filter(&format!("{column} = ?"), &[&id]);
                }
            }
        }
        match self.handler {
            None => {}
            Some(Handler::Me) => drop(q.filter("handler_id = ?", &[&ctx.person().map_or(0, Id::raw)])),
            Some(Handler::Nobody) => drop(q.filter("handler_id is null", &[])),
            Some(Handler::Person(person)) => drop(q.filter("handler_id = ?", &[&person])),
        }
        match self.divisions.as_slice() {
            [] => {}
            [0] => {
                q.filter("division_id is null", &[]);
            }
            some => {
                q.one_of("division_id", some);
            }
        }
        if self.below.is_some() {
            // a division that nobody has looked up lets nothing through rather than everything
            q.one_of("division_id", &self.within);
        }
        match self.grid.as_str() {
            "" => {}
            "0" => {
                q.filter("grid is null", &[]);
            }
            code => {
                q.filter("grid = ?", &[&code]);
            }
        }
        if let Some((from, to)) = self.along {
            q.filter("along_m >= ? and along_m < ?", &[&from, &to]);
        }
        if let Some([west, south, east, north]) = self.area {
            q.filter("lat >= ? and lat < ? and lng >= ? and lng < ?", &[&south, &north, &west, &east]);
        }
        for (column, from, until) in [
            ("reported_at", self.reported_from, self.reported_until),
            ("due_at", self.due_from, self.due_until),
            ("closed_at", self.closed_from, self.closed_until),
            ("answered_at", self.answered_from, self.answered_until),
        ] {
            if let Some(from) = from {
                q.filter(&format!("{column} >= ?"), &[&Instant::start_of(from)]);
            }
            if let Some(until) = until {
                q.filter(&format!("{column} < ?"), &[&end_of(until)]);
            }
        }
        super::live::answered_lately(self, q);
        if self.mine
            && let Some(person) = ctx.person()
        {
            q.filter("reported_by = ?", &[&person]);
        }
        for only in &self.only {
            apply_only(only, self.on.map_or(ctx.now, end_of), q);
        }
        if self.sort == Sort::Due {
            q.filter("stage_due_at is not null", &[]);
        }
        Ok(())
    }
}

/// What was not refused, merged or voided: on the heat map it counts.
pub(super) const STANDING: &str = "state not in ('refused', 'merged', 'voided')";

/// Finite numbers of a list; none for an empty text.
fn numbers(text: &str, by: char, field: &'static str) -> Result<Vec<f64>> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let number = |part: &str| part.parse::<f64>().ok().filter(|n| n.is_finite());
    text.split(by).map(|part| number(part).ok_or_else(|| Problem::field(field, "not-a-choice"))).collect()
}

fn apply_only<R: Record>(only: &str, now: Instant, q: &mut Query<R>) {
    match only {
        "overdue" => q.one_of("state", &State::open()).filter("stage_due_at < ?", &[&now]),
        "soon" => {
            let tomorrow = now.plus(kernel::time::DAY);
            q.one_of("state", &State::open())
                .filter("stage_due_at >= ? and stage_due_at < ?", &[&now, &tomorrow])
        }
        "today" => {
            let midnight = end_of(now.date());
            q.one_of("state", &State::open())
                .filter("stage_due_at >= ? and stage_due_at < ?", &[&now, &midnight])
        }
        "late" => q.filter("on_time = 0", &[]),
        "on-time" => q.filter("on_time = 1", &[]),
        "rework" => q.filter("rework_count > 0", &[]),
        "returned" => q.filter("return_count > 0", &[]),
        "extended" => q.filter("extension_count > 0", &[]),
        "contested" => q.filter("contest_count > 0", &[]),
        "supervised" => q.filter("supervision_count > 0", &[]),
        "urgent" => q.filter("urgent = 1", &[]),
        "satisfied" => q.filter("satisfaction = 'good'", &[]),
        "rated" => q.filter("satisfaction is not null", &[]),
        "recurrence" => q.filter("is_recurrence = 1", &[]),
        "recurred" => q.filter("recurrence_count > 0", &[]),
        "waiting" => q.one_of("state", &[State::Unclear, State::Inquired]),
        "forwarded" => q.filter("id in (select case_id from case_forward where state = 'asked')", &[]),
        "spoken" => q.filter(super::record::UNTYPED, &[]),
        "handled" => q.filter("answered_at is not null", &[]),
        "closed" => q.filter("state = 'closed'", &[]),
        "standing" => q.filter(STANDING, &[]),
        _ => q.filter(super::rates::COUNTED, &[]),
    };
}

/// The first moment after a day.
pub fn end_of(day: Date) -> Instant {
    Instant::start_of(day).plus(kernel::time::DAY)
}

/// The policy's list filter in SQL; `tests` hold it against [`crate::policy::POLICY`].
pub(super) fn visible<R: Record>(ctx: &Ctx, q: &mut Query<R>) {
    let visible = visible_to(ctx);
    if visible.all {
        return;
    }
    let mut parts: Vec<String> = Vec::new();
    let mut values: Vec<i64> = Vec::new();
    for (tie, units) in &visible.ties {
        if units.is_empty() {
            continue;
        }
        let marks = vec!["?"; units.len()].join(", ");
        values.extend(units.iter().map(|u| u.raw()));
        parts.push(match tie {
            Tie::Governs => format!("governing_unit in ({marks})"),
            Tie::Leads => format!("lead_unit in ({marks})"),
            Tie::Assists => format!("id in (select case_id from case_assisting where unit_id in ({marks}))"),
        });
    }
    if let Some(owner) = visible.owner {
        parts.push("reported_by = ?".to_owned());
        values.push(owner.raw());
    }
    if parts.is_empty() {
        q.filter("1 = 0", &[]);
        return;
    }
    let binds: Vec<&dyn store::Bind> = values.iter().map(|v| v as &dyn store::Bind).collect();
    q.filter(&parts.join(" or "), &binds);
}
