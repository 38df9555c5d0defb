//! The register of units: the tree as a list, narrowed by words and kinds, and as a file.

use crate::columns;
use crate::model::UnitState;
use crate::policy::{Act, POLICY};
use crate::queries::{self, UnitFilter, UnitLine};
use kernel::problem::Result;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use std::collections::HashMap;
use store::Tx;
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui, export};

const PAGE: usize = 100;

#[derive(askama::Template)]
#[template(path = "units.html")]
struct UnitsPage {
    ui: Ui,
    params: Params,
    rows: Vec<UnitLine>,
    count: i64,
    next: Option<String>,
    /// Set in by depth: only where the whole tree is shown.
    tree: bool,
    kinds: Vec<(String, String)>,
    kind_names: HashMap<String, String>,
    states: Vec<(String, String)>,
    may_edit: bool,
}

impl UnitsPage {
    fn kind<'a>(&'a self, code: &'a str) -> &'a str {
        self.kind_names.get(code).map_or(code, String::as_str)
    }

    fn indent(&self, row: &UnitLine) -> String {
        if self.tree { "\u{3000}".repeat(row.path.depth()) } else { String::new() }
    }
}

/// Closed and merged units are shown only when they are asked for.
fn filter(tx: &mut Tx<'_>, params: &Params) -> Result<UnitFilter> {
    let state = match params.get("state") {
        "all" => None,
        text => Some(UnitState::parse(text).unwrap_or(UnitState::Active)),
    };
    let below = match params.get("below") {
        "" => None,
        code => queries::unit_by_code(tx, code)?.map(|u| u.path),
    };
    Ok(UnitFilter { words: params.get("q").to_owned(), kind: params.get("kind").to_owned(), state, below })
}

pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return file(&req, &params, kind).await;
    }
    let asked = params.clone();
    let (mut rows, count, kinds) = req
        .read(move |_, tx| {
            let filter = filter(tx, &asked)?;
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let rows = queries::units(tx, &filter, asked.get("after"), limit)?;
            Ok((rows, queries::units_count(tx, &filter)?, queries::kinds(tx)?))
        })
        .await
        .or_fail(&req)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = if more { rows.last().map(|r| web::ui::encode(r.path.as_str())) } else { None };
    let ui = req.ui();
    let kinds: Vec<(String, String)> =
        kinds.into_iter().map(|k| (k.code.clone(), k.name(ui.locale()).to_owned())).collect();
    let mut states: Vec<(String, String)> = UnitState::ALL
        .iter()
        .skip(1)
        .map(|s| (s.code().to_owned(), ui.t(format!("unit-state-{}", s.code()))))
        .collect();
    states.push(("all".to_owned(), ui.t("unit-state-all")));
    page(
        &req,
        &UnitsPage {
            tree: params.get("q").is_empty() && params.get("kind").is_empty(),
            kind_names: kinds.iter().cloned().collect(),
            may_edit: POLICY.somewhere(&req.ctx, Act::EditUnits),
            ui,
            params,
            rows,
            count,
            next,
            kinds,
            states,
        },
    )
}

async fn file(req: &Req, params: &Params, kind: sheets::FileKind) -> Answer {
    let (asked, locale) = (params.clone(), req.ctx.locale);
    let (rows, kinds) = req
        .read(move |_, tx| {
            let filter = filter(tx, &asked)?;
            let most = i64::try_from(export::ROWS).unwrap_or(i64::MAX);
            Ok((queries::units(tx, &filter, "", most)?, queries::kind_names(tx, locale)?))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let columns: Vec<Column> =
        columns::ALL.iter().map(|(_, t)| Column::new(ui.t(format!("unit-column-{t}")), Kind::Text)).collect();
    let cells = rows.iter().map(|u| -> Vec<Cell<'_>> {
        vec![
            u.code.as_str().into(),
            u.name.as_str().into(),
            u.short_name.as_str().into(),
            kinds.get(&u.kind).map_or(u.kind.as_str(), String::as_str).into(),
            u.above.as_deref().into(),
            u.above_name.as_deref().into(),
            u.credit_code.as_deref().into(),
            u.contact_name.as_str().into(),
            u.contact_phone.as_str().into(),
            ui.t(format!("unit-state-{}", u.state.code())).into(),
            u.successor.as_deref().into(),
        ]
    });
    export::answer(req, kind, &ui.t("units-title"), &columns, cells)
}
