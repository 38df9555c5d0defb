//! Lists of items, one item with all that belongs to it, and what waits for a reviewer.

use super::{limit, looked};
use crate::checks::Finding;
use crate::commands::{allowed, load_item};
use crate::model::{Item, ItemFile, Kind, Period, Request, Use};
use crate::policy::{self, Act, POLICY};
use crate::store as rows;
use crate::workflow::{State, Step};
use ::store::audit::{self, HistoryLine};
use ::store::files::{self, StoredFile};
use ::store::{Bind, Query, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::collections::HashMap;
use web::list::{Cursor, Page, Params};

/// What a list of items asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
    /// Number of a period.
    pub period: String,
    /// Code of a standard.
    pub code: String,
    /// Code of a unit.
    pub unit: String,
    pub words: String,
}

impl Filter {
    /// # Errors
    /// 422 at `state` and `evidence_kind` for a word that is none.
    pub fn read(params: &Params) -> Result<Self> {
        Ok(Self {
            state: choice(params, "state")?,
            kind: choice(params, "evidence_kind")?,
            period: params.get("period").to_owned(),
            code: params.get("code").to_owned(),
            unit: params.get("unit").to_owned(),
            words: params.get("q").to_owned(),
        })
    }
}

/// One of a closed list, or nothing.
pub(super) fn choice<T: Named>(params: &Params, name: &'static str) -> Result<Option<T>> {
    match params.get(name) {
        "" => Ok(None),
        text => T::parse(text).map(Some).ok_or_else(|| Problem::field(name, "not-a-choice")),
    }
}

/// Narrows a query to the unit with this code; to nothing where there is none.
pub(super) fn of_unit<R: ::store::Record>(tx: &mut Tx<'_>, q: &mut Query<R>, code: &str) -> Result<()> {
    if code.is_empty() {
        return Ok(());
    }
    let unit = people::queries::unit_by_code(tx, code)?.map(|unit| unit.id);
    q.one_of("unit_id", &unit.into_iter().collect::<Vec<_>>());
    Ok(())
}

/// Narrows a query of items to those that this person may see. Agrees with the policy; a test holds them together.
fn visible(ctx: &Ctx, q: &mut Query<Item>) {
    let seen = POLICY.visible(ctx, Act::See);
    if seen.all {
        return;
    }
    let (mut parts, mut values): (Vec<String>, Vec<&dyn Bind>) = (Vec::new(), Vec::new());
    for (tie, units) in &seen.ties {
        let marks = vec!["?"; units.len()].join(", ");
        match tie {
            _ if units.is_empty() => continue,
            Tie::Leads => parts.push(format!("unit_id in ({marks})")),
            Tie::Assists => parts.push(format!(
                "submitted_at is not null and id in (select item_id from evidence_use where lead_unit in ({marks}))"
            )),
            Tie::Governs => continue,
        }
        values.extend(units.iter().map(|unit| unit as &dyn Bind));
    }
    if parts.is_empty() {
        q.filter("1 = 0", &[]);
    } else {
        q.filter(&format!("({})", parts.join(") or (")), &values);
    }
}

/// An item in a list.
#[derive(Clone, Debug)]
pub struct ItemLine {
    pub item: Item,
    pub unit: String,
    /// Codes of the standards that it is used for.
    pub codes: Vec<String>,
}

/// Items, newest first.
pub fn items(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<ItemLine>> {
    policy::require(ctx, Act::See)?;
    let mut q = Query::<Item>::new("select {*} from evidence_item");
    visible(ctx, &mut q);
    if let Some(state) = filter.state {
        q.filter("state = ?", &[&state]);
    }
    if let Some(kind) = filter.kind {
        q.filter("kind = ?", &[&kind]);
    }
    of_unit(tx, &mut q, &filter.unit)?;
    if !filter.period.is_empty() {
        let period = rows::period_by_number(tx, &filter.period)?.map_or(Id::new(0), |p| p.id);
        q.filter("id in (select item_id from evidence_use where period_id = ?)", &[&period]);
    }
    if !filter.code.is_empty() {
        q.filter("id in (select item_id from evidence_use where code = ?)", &[&filter.code]);
    }
    let number = filter.words.trim().to_uppercase();
    if number.starts_with("EV-") {
        q.filter("number = ?", &[&number]);
    } else if let Some((condition, value)) = tx.words_condition("evidence_item.id", &filter.words) {
        q.filter(&condition, &[&value]);
    }
    if let Some(c) = after {
        q.filter("(made_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by made_at desc, id desc limit ?", &[&limit(size)]);
    let found = Page::from_rows(tx.query(&q)?, size, |i| Cursor { sort: i.made_at.0, id: i.id.raw() });
    let next = found.next;
    Ok(Page { rows: lines(tx, found.rows)?, next })
}

/// One page's items with names of units and codes of standards.
fn lines(tx: &mut Tx<'_>, items: Vec<Item>) -> Result<Vec<ItemLine>> {
    let units: Vec<Id<Unit>> = items.iter().map(|item| item.unit_id).collect();
    let names = people::queries::unit_names(tx, &units)?;
    let mut codes: HashMap<Id<Item>, Vec<String>> = HashMap::new();
    let ids: Vec<Id<Item>> = items.iter().map(|item| item.id).collect();
    for some in ids.chunks(500) {
        let mut q = Query::<(Id<Item>, String)>::new("select item_id, code from evidence_use");
        q.one_of("item_id", some).tail("order by code", &[]);
        for (item, code) in tx.query(&q)? {
            codes.entry(item).or_default().push(code);
        }
    }
    let line = |item: Item| ItemLine {
        unit: names.get(&item.unit_id).cloned().unwrap_or_default(),
        codes: codes.remove(&item.id).unwrap_or_default(),
        item,
    };
    Ok(items.into_iter().map(line).collect())
}

/// Most items of the desk that are looked through.
const DESK: i64 = 300;

/// What waits for this person's review, the longest first. Reads all that waits, up to [`DESK`]: which of it is for this person only the
/// policy knows.
pub fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<ItemLine>> {
    policy::require(ctx, Act::Desk)?;
    let mut q = Query::<Item>::new("select {*} from evidence_item");
    q.one_of("state", &[State::First, State::Second, State::Final]);
    visible(ctx, &mut q);
    q.tail("order by submitted_at, id limit ?", &[&DESK]);
    let mut mine = Vec::new();
    for item in tx.query(&q)? {
        let uses = rows::uses(tx, item.id)?;
        let steps = allowed(ctx, &item, &uses);
        if steps.iter().any(|step| matches!(step, Step::PassFirst | Step::PassSecond | Step::File)) {
            mine.push(item);
        }
    }
    lines(tx, mine)
}

/// An item with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Whole {
    pub item: Item,
    pub unit: String,
    pub uses: Vec<(Use, Period)>,
    pub files: Vec<(ItemFile, StoredFile)>,
    pub request: Option<Request>,
    pub found: Vec<Finding>,
    pub steps: Vec<Step>,
    pub history: Vec<HistoryLine>,
}

/// # Errors
/// 404 for a number that is none, or that this person may not know of.
pub fn whole(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    let (item, uses) = load_item(ctx, tx, Act::See, number)?;
    let found = looked(tx, &item, &uses)?;
    let steps = allowed(ctx, &item, &uses);
    let mut with = Vec::new();
    for of in uses {
        let period = rows::period(tx, of.period_id)?.ok_or_else(Problem::not_found)?;
        with.push((of, period));
    }
    let mut all = Vec::new();
    for row in rows::files(tx, item.id)? {
        let file = files::get(tx, row.file_id)?;
        all.push((row, file));
    }
    Ok(Whole {
        unit: people::queries::unit_name(tx, item.unit_id)?,
        uses: with,
        files: all,
        request: item.request_id.map_or(Ok(None), |id| rows::request(tx, id))?,
        found,
        steps,
        history: audit::history(tx, item.id)?,
        item,
    })
}

/// Items with which a request may be answered.
pub fn answers(tx: &mut Tx<'_>, request: &Request) -> Result<Vec<Item>> {
    rows::answers(tx, request.unit_id, request.kind, 50)
}
