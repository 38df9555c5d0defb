//! Lists of requests, and one request with what answers it.

use super::items::{choice, of_unit};
use super::limit;
use crate::commands::{load_request, standards_of};
use crate::model::{Item, Kind, Period, Request, RequestState};
use crate::policy::{self, Act, POLICY};
use crate::store as rows;
use ::store::audit::{self, HistoryLine};
use ::store::{Query, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use web::list::{Cursor, Page, Params};

/// What a list of requests asks for.
#[derive(Clone, Debug, Default)]
pub struct RequestFilter {
    pub state: Option<RequestState>,
    pub kind: Option<Kind>,
    /// Number of a period.
    pub period: String,
    /// Code of a unit.
    pub unit: String,
}

impl RequestFilter {
    /// # Errors
    /// 422 at `state` and `evidence_kind` for a word that is none.
    pub fn read(params: &Params) -> Result<Self> {
        Ok(Self {
            state: choice(params, "state")?,
            kind: choice(params, "evidence_kind")?,
            period: params.get("period").to_owned(),
            unit: params.get("unit").to_owned(),
        })
    }
}

/// A request in a list.
#[derive(Clone, Debug)]
pub struct RequestLine {
    pub request: Request,
    pub unit: String,
}

/// Units whose requests this person may see; none: all.
fn own(ctx: &Ctx) -> Option<Vec<Id<Unit>>> {
    let seen = POLICY.visible(ctx, Act::See);
    if seen.all {
        return None;
    }
    let leads = seen.ties.into_iter().filter(|(tie, _)| *tie == Tie::Leads);
    Some(leads.flat_map(|(_, units)| units).collect())
}

/// Requests, newest first: all, or those to this person's units.
pub fn requests(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &RequestFilter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<RequestLine>> {
    policy::require(ctx, Act::See)?;
    let mut q = Query::<Request>::new("select {*} from evidence_request");
    if let Some(units) = own(ctx) {
        q.one_of("unit_id", &units);
    }
    if let Some(state) = filter.state {
        q.filter("state = ?", &[&state]);
    }
    if let Some(kind) = filter.kind {
        q.filter("kind = ?", &[&kind]);
    }
    of_unit(tx, &mut q, &filter.unit)?;
    if !filter.period.is_empty() {
        let period = rows::period_by_number(tx, &filter.period)?.map_or(Id::new(0), |p| p.id);
        q.filter("period_id = ?", &[&period]);
    }
    if let Some(c) = after {
        q.filter("(asked_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by asked_at desc, id desc limit ?", &[&limit(size)]);
    let found = Page::from_rows(tx.query(&q)?, size, |r| Cursor { sort: r.asked_at.0, id: r.id.raw() });
    let units: Vec<Id<Unit>> = found.rows.iter().map(|request| request.unit_id).collect();
    let names = people::queries::unit_names(tx, &units)?;
    let line = |request: Request| RequestLine {
        unit: names.get(&request.unit_id).cloned().unwrap_or_default(),
        request,
    };
    Ok(Page { rows: found.rows.into_iter().map(line).collect(), next: found.next })
}

/// A request with what belongs to it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub request: Request,
    pub unit: String,
    pub period: Period,
    /// Code and name of each standard.
    pub standards: Vec<(String, String)>,
    /// The item that answered it, or that is used instead.
    pub answer: Option<Item>,
    /// Items that were begun for it.
    pub begun: Vec<Item>,
    /// Items of the unit that it could be answered with.
    pub answers: Vec<Item>,
    pub history: Vec<HistoryLine>,
}

/// # Errors
/// 404 for a number that is none, or that this person may not know of.
pub fn request(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Asked> {
    let request = load_request(ctx, tx, Act::See, number)?;
    let period = rows::period(tx, request.period_id)?.ok_or_else(Problem::not_found)?;
    let tree = standards_of(tx, &period)?;
    let named = |code: &String| {
        let name = tree.get(code).map(|standard| standard.name.clone()).unwrap_or_default();
        (code.clone(), name)
    };
    Ok(Asked {
        unit: people::queries::unit_name(tx, request.unit_id)?,
        standards: request.codes.0.iter().map(named).collect(),
        answer: request.answer_item.map_or(Ok(None), |id| rows::item(tx, id))?,
        begun: rows::items_for(tx, request.id)?,
        answers: super::answers(tx, &request)?,
        history: audit::history(tx, request.id)?,
        period,
        request,
    })
}
