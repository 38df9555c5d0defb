//! One endpoint: how it does, what it is told, and its deliveries.

use super::shown;
use crate::model::{DeliveryState, EndpointState, PING};
use crate::policy::{self, Act};
use crate::queries::{self, DeliveryLine, Filter, Line};
use ::store::Tx;
use kernel::problem::Result;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::outgoing::Catalogue;
use web::parts::{Fact, Mood};
use web::{Answer, Path, Req, Ui, export};

struct Row {
    line: DeliveryLine,
    kind: String,
    mood: Mood,
    outcome: String,
}

#[derive(askama::Template)]
#[template(path = "hooks/endpoint.html")]
struct EndpointPage {
    ui: Ui,
    params: Params,
    line: Line,
    standing: (Mood, String),
    facts: Vec<Fact>,
    rows: Vec<Row>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    active: bool,
    may_keep: bool,
    may_stop: bool,
}

pub(crate) fn filter(params: &Params) -> Filter {
    Filter {
        state: DeliveryState::parse(params.get("state")),
        kind: params.get("kind").to_owned(),
        number: params.get("q").to_uppercase(),
    }
}

/// A choice above the list.
pub(super) fn kinds(ui: &Ui, catalogue: &Catalogue) -> Vec<(String, String)> {
    catalogue.all().iter().map(|e| (e.kind.to_owned(), shown::kind(ui, e.kind))).collect()
}

fn facts(
    ui: &Ui,
    line: &Line,
    (units, divisions): &(queries::Named, queries::Named),
    may_read: bool,
) -> Vec<Fact> {
    let endpoint = &line.endpoint;
    let all = |list: Vec<String>| if list.is_empty() { ui.t("hook-all") } else { list.join("、") };
    let names = |list: &queries::Named| all(list.iter().map(|(_, name)| name.clone()).collect());
    let address = if may_read { endpoint.url.clone() } else { crate::guard::host(&endpoint.url) };
    let mut facts = vec![
        Fact::new(ui.t("label-hook_url"), address).wide(),
        Fact::new(ui.t("hook-owner"), line.owner.clone()),
        Fact::new(ui.t("hook-last-success"), shown::ago(ui, line.health.last_success)),
        Fact::new(ui.t("hook-last-failure"), shown::ago(ui, line.health.last_failure)),
        Fact::new(ui.t("hook-waiting"), shown::counted(ui, line.waiting)),
        Fact::new(ui.t("hook-dead"), shown::counted(ui, line.dead)),
        Fact::new(
            ui.t("label-hook_kinds"),
            all(endpoint.kinds.0.iter().map(|k| shown::kind(ui, k)).collect()),
        )
        .wide(),
        Fact::new(ui.t("label-hook_units"), names(units)),
        Fact::new(ui.t("label-hook_divisions"), names(divisions)),
    ];
    if let Some(since) = line.health.failing_since {
        facts.insert(4, Fact::new(ui.t("hook-failing-since"), ui.time(&since)));
    }
    if let Some(until) = endpoint.old_until.filter(|until| ui.now() < *until) {
        facts.push(Fact::new(ui.t("hook-old-secret"), ui.time(&until)));
    }
    facts
}

fn read(tx: &mut Tx<'_>, number: &str, params: &Params) -> Result<(Line, web::list::Page<DeliveryLine>)> {
    let line = queries::endpoint(tx, number)?;
    let after = Cursor::parse(params.get("after"))?;
    let found = queries::deliveries(tx, line.endpoint.id, &filter(params), after, PAGE_SIZE)?;
    Ok((line, found))
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    if let Some(kind) = export::kind(params.get("format")) {
        return file(&req, number, &params, kind).await;
    }
    let asked = params.clone();
    let (line, found, names) = req
        .read(move |_, tx| {
            let (line, found) = read(tx, &number, &asked)?;
            let names = queries::names(tx, &line.endpoint)?;
            Ok((line, found, names))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let catalogue = req.city.kept::<Catalogue>().unwrap_or_default();
    let mut all_kinds = kinds(&ui, &catalogue);
    all_kinds.push((PING.to_owned(), shown::kind(&ui, PING)));
    let states =
        DeliveryState::ALL.iter().map(|s| (s.code().to_owned(), ui.named("hook-delivery", s.code())));
    let rows = found.rows.into_iter().map(|line| Row {
        kind: shown::kind(&ui, &line.kind),
        mood: shown::mood(line.state),
        outcome: shown::outcome(&ui, line.last_status, line.last_error.as_deref()),
        line,
    });
    page(
        &req,
        &EndpointPage {
            rows: rows.collect(),
            next: found.next,
            states: states.collect(),
            kinds: all_kinds,
            standing: shown::standing(&ui, &line),
            facts: facts(&ui, &line, &names, policy::may(&req.ctx, Act::Read)),
            active: line.endpoint.state == EndpointState::Active,
            may_keep: policy::may(&req.ctx, Act::Keep),
            may_stop: policy::may(&req.ctx, Act::Stop),
            line,
            params,
            ui,
        },
    )
}

async fn file(req: &Req, number: String, params: &Params, kind: sheets::FileKind) -> Answer {
    let wanted = filter(params);
    let found = req
        .read(move |_, tx| {
            let line = queries::endpoint(tx, &number)?;
            Ok(queries::deliveries(tx, line.endpoint.id, &wanted, None, export::ROWS)?.rows)
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let titles = ["message", "kind", "record", "at", "state", "tries", "outcome"];
    let columns: Vec<Column> =
        titles.iter().map(|t| Column::new(ui.named("hook-column", t), Kind::Text)).collect();
    let cells = found.iter().map(|d| -> Vec<Cell<'_>> {
        vec![
            d.message.as_str().into(),
            d.kind.as_str().into(),
            d.number.as_str().into(),
            d.at.rfc3339().into(),
            ui.named("hook-delivery", d.state.code()).into(),
            d.tries.to_string().into(),
            shown::outcome(&ui, d.last_status, d.last_error.as_deref()).into(),
        ]
    });
    export::answer(req, kind, &ui.t("hook-deliveries"), &columns, cells)
}
