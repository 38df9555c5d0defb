//! The log, for the auditor: newest first, in plain sentences, and whether its chain is whole.

use super::log;
use crate::policy::{Act, POLICY};
use crate::{commands, queries};
use kernel::policy::Standing;
use kernel::problem::Result;
use std::collections::BTreeMap;
use store::Tx;
use store::audit::{self, HistoryLine, LogFilter, LogPage, Verdict};
use web::error::{OrFail, page, redirect};
use web::feature::Numbers;
use web::list::Params;
use web::parts::Line;
use web::{Answer, Form, Req, Ui};

const PAGE: usize = 50;

/// Areas of verbs that can be chosen in the filter.
const AREAS: [&str; 12] = [
    "account", "role", "unit", "consent", "setting", "audit", "case", "ladder", "street", "place", "job",
    "hook",
];

#[derive(askama::Template)]
#[template(path = "audit.html")]
struct AuditPage {
    ui: Ui,
    params: Params,
    lines: Vec<Line>,
    next: Option<i64>,
    areas: Vec<(String, String)>,
    /// How the chain was when somebody last checked it.
    last_check: Option<Line>,
    no_such_person: bool,
}

fn filter(tx: &mut Tx<'_>, params: &Params) -> Result<Option<LogFilter>> {
    let actor = match params.get("person") {
        "" => String::new(),
        login => match queries::person_by_login(tx, &login.to_lowercase())? {
            Some(account) => format!("person:{}", account.id),
            None => return Ok(None),
        },
    };
    let before = params.get("after").parse().ok();
    Ok(Some(LogFilter { before, verb: params.get("area").to_owned(), actor }))
}

/// What the events are about, by the numbers that people use.
fn known_as(tx: &mut Tx<'_>, providers: &[Numbers], lines: &[HistoryLine]) -> Result<BTreeMap<i64, String>> {
    let mut ids: Vec<i64> = lines.iter().map(|line| line.entity).filter(|id| *id != 0).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut known = BTreeMap::new();
    for numbers in providers {
        known.extend(numbers(tx, &ids)?);
    }
    Ok(known)
}

pub(super) async fn list(req: Req) -> Answer {
    POLICY.require(&req.ctx, Act::ReadLog, &Standing::city(), true).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let asked = params.clone();
    let providers: Vec<Numbers> = req.app.features().iter().filter_map(|f| f.numbers).collect();
    let (found, checks, numbers) = req
        .read(move |_, tx| {
            let found = match filter(tx, &asked)? {
                Some(filter) => Some(audit::search(tx, &filter, PAGE)?),
                None => None,
            };
            let checks = LogFilter { verb: "audit".to_owned(), ..LogFilter::default() };
            let lines = found.as_ref().map_or(&[][..], |page| &page.lines);
            let numbers = known_as(tx, &providers, lines)?;
            Ok((found, audit::search(tx, &checks, 10)?.lines, numbers))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let no_such_person = found.is_none();
    let LogPage { lines, next } = found.unwrap_or(LogPage { lines: Vec::new(), next: None });
    page(
        &req,
        &AuditPage {
            lines: lines
                .iter()
                .map(|e| Line {
                    meta: numbers.get(&e.entity).cloned().unwrap_or_default(),
                    ..log::line(&ui, e)
                })
                .collect(),
            last_check: checks
                .iter()
                .find(|e| e.verb.starts_with("audit.verified"))
                .map(|e| log::line(&ui, e)),
            areas: AREAS.iter().map(|a| ((*a).to_owned(), ui.t(format!("log-area-{a}")))).collect(),
            ui,
            params,
            next,
            no_such_person,
        },
    )
}

/// Walks the whole chain in a read, beside everything else, and then records what was found.
pub(super) async fn verify(req: Req, _form: Form) -> Answer {
    POLICY.require(&req.ctx, Act::ReadLog, &Standing::city(), true).or_fail(&req)?;
    let verdict = req.read(|_, tx| audit::verify(tx)).await.or_fail(&req)?;
    let told = verdict.clone();
    req.write(move |ctx, tx| commands::verify_log(tx, ctx, &told)).await.or_fail(&req)?;
    let (flash, value) = match verdict {
        Verdict::Whole { links, .. } => ("log-whole", links.to_string()),
        Verdict::Broken { seq, .. } => ("log-broken", seq.to_string()),
    };
    Ok(redirect(&req, "/admin/audit", flash, &value))
}
