//! 案卷: the list and its count.

use super::filters::{Chip, Choices, Known, chips};
use super::{callers, export};
use crate::as_of::{self, AsOf};
use crate::pages::shared;
use crate::pages::shown::Row;
use crate::policy::{Act, POLICY};
use crate::queries::{self, Filter};
use crate::units::{self, Names, PeopleNames};
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::saved::{self, Views};
use web::{Answer, Req, Ui};

/// Columns that can be left out.
const COLUMNS: [&str; 6] = ["kind", "unit", "handler", "source", "reported", "due"];
/// Those shown unless somebody chose others: a title says the kind already.
const USUAL: &str = "unit,source,reported,due";

#[derive(askama::Template)]
#[template(path = "cases/list.html")]
struct ListPage {
    ui: Ui,
    list: List,
    saved: Views,
    choices: Choices,
    may_enter: bool,
    may_import: bool,
    may_look_up: bool,
    as_of: AsOf,
}

/// What changes when a filter does.
#[derive(askama::Template)]
#[template(path = "cases/list_part.html")]
struct ListPart {
    ui: Ui,
    list: List,
}

pub(crate) struct List {
    pub params: Params,
    pub rows: Vec<Row>,
    pub next: Option<Cursor>,
    pub chips: Vec<Chip>,
    pub columns: Vec<ColumnChoice>,
    pub by_due: bool,
    /// A day that is over: nothing can be done there.
    pub past: bool,
    pub may_dispatch: bool,
    pub may_supervise: bool,
    pub may_close: bool,
}

/// A column and the query that turns it on or off.
pub(crate) struct ColumnChoice {
    pub name: &'static str,
    pub text: String,
    pub on: bool,
    pub query: String,
}

impl List {
    pub(crate) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|c| c.name == column && c.on)
    }

    pub(crate) fn bulk(&self) -> bool {
        !self.past && (self.may_dispatch || self.may_supervise || self.may_close)
    }
}

fn columns(ui: &Ui, params: &Params) -> Vec<ColumnChoice> {
    let chosen = if params.get("columns").is_empty() { USUAL } else { params.get("columns") };
    let shown: Vec<&str> = chosen.split(',').collect();
    let one = |name: &'static str| {
        let on = shown.contains(&name);
        // in the order of the table, whatever was clicked first; `none` is a name of no column
        let after: Vec<&str> =
            COLUMNS.into_iter().filter(|c| if *c == name { !on } else { shown.contains(c) }).collect();
        let after = if after.is_empty() { "none".to_owned() } else { after.join(",") };
        let after = if after == USUAL { String::new() } else { after };
        ColumnChoice { name, text: ui.named("case-column", name), on, query: params.with("columns", &after) }
    };
    COLUMNS.into_iter().map(one).collect()
}

/// What the address asks for.
async fn asked(req: &Req) -> Answer<(Params, Filter, Option<Cursor>)> {
    let params = Params::parse(&req.query);
    let index = shared::index(req).await?;
    let filter = Filter::read(&params).and_then(|filter| filter.in_city(&index)).or_fail(req)?;
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    Ok((params, filter, after))
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let (params, filter, after) = asked(&req).await?;
    callers::record(&req, &filter).await?;
    if let Some(kind) = web::export::kind(params.get("format")) {
        let shown = columns(&req.ui(), &params);
        let on: Vec<&str> = shown.iter().filter(|c| c.on).map(|c| c.name).collect();
        return export::answer(&req, kind, &on, filter).await;
    }
    let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
    let (kept, partial, section) = (params.clone(), req.partial, filter.section);
    let by_due = filter.sort == queries::Sort::Due;
    let read = req.read(move |ctx, tx| {
        let on = as_of::asked(ctx, tx, &kept, None)?;
        let found = queries::list(ctx, tx, &filter, after)?;
        let names = Names::of(tx, found.rows.iter().map(|l| l.lead_unit))?;
        let people = PeopleNames::of(tx, found.rows.iter().map(|l| l.handler_id))?;
        let known = Known {
            section: match section {
                Some(id) => places::queries::section(tx, id)?.name(),
                None => String::new(),
            },
            caller: match &filter.caller {
                Some(caller) => queries::covered(tx, caller)?,
                None => String::new(),
            },
        };
        let whole =
            if partial { None } else { Some((saved::views(tx, ctx, "/cases", &kept)?, units::options(tx)?)) };
        Ok((on, found, (names, people), known, whole))
    });
    let (on, found, (names, people), known, whole) = read.await.or_fail(&req)?;
    let mut ui = req.ui();
    let past = on.day.is_some();
    // how late something was is a matter of that day's end
    if let Some(day) = on.day {
        ui.ctx.now = queries::end_of(day);
    }
    let may = |act| POLICY.somewhere(&req.ctx, act);
    let list = List {
        rows: found
            .rows
            .iter()
            .map(|l| Row::of(&ui, &desk, &names, l).with_handler(&people, l))
            .map(|r| if past { r.still() } else { r })
            .collect(),
        next: found.next,
        chips: chips(&ui, &desk, &index, &known, &params),
        columns: columns(&ui, &params),
        by_due,
        past,
        may_dispatch: may(Act::Dispatch),
        may_supervise: may(Act::Supervise),
        may_close: may(Act::Close),
        params,
    };
    match whole {
        None => page(&req, &ListPart { ui, list }),
        Some((saved, units)) => {
            let choices = Choices::new(&ui, units, may(Act::Handle));
            let (may_enter, may_import) = (!past && may(Act::Enter), !past && may(Act::Import));
            let as_of = AsOf::new(&req, &list.params, on);
            let may_look_up = !past && queries::may_look_up(&req.ctx);
            page(&req, &ListPage { ui, list, saved, choices, may_enter, may_import, may_look_up, as_of })
        }
    }
}

/// The same as a page of its own, for those without script.
#[derive(askama::Template)]
#[template(path = "cases/count_page.html")]
struct CountPage {
    ui: Ui,
    cases: i64,
    query: String,
}

#[derive(askama::Template)]
#[template(path = "cases/count.html")]
struct Count {
    ui: Ui,
    cases: i64,
}

/// Counting reads as many index entries as it counts, so it is asked for apart from the rows.
pub(crate) async fn count(req: Req) -> Answer {
    let (params, filter, _) = asked(&req).await?;
    let cases = req.read(move |ctx, tx| queries::count(ctx, tx, &filter)).await.or_fail(&req)?;
    if req.partial {
        return page(&req, &Count { ui: req.ui(), cases });
    }
    page(&req, &CountPage { ui: req.ui(), cases, query: params.filters() })
}
