//! 待修清单: changes that could not be carried out, messages that could not be delivered, words that nobody has mapped.

use super::act;
use crate::commands::{self, Mend, Resend};
use crate::forms;
use crate::model::{Incoming, Message, Value};
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page, redirect};
use web::list::{Cursor, PAGE_SIZE, Page, Params};
use web::{Answer, Form, Path, Req, Ui, export};

/// A row of any of the three lists.
struct Row {
    number: String,
    partner: String,
    partner_number: String,
    order: String,
    kind: String,
    at: kernel::time::Instant,
    /// What is wrong, and what exactly.
    fault: String,
    detail: String,
    version: i64,
    gap: bool,
    readable: bool,
    may_map: bool,
}

#[derive(askama::Template)]
#[template(path = "exchange/repairs.html")]
struct RepairsPage {
    ui: Ui,
    params: Params,
    list: &'static str,
    lists: Vec<(&'static str, String)>,
    partners: Vec<(String, String)>,
    rows: Vec<Row>,
    next: Option<Cursor>,
}

const LISTS: [&str; 3] = ["changes", "messages", "values"];

enum Found {
    Changes(Page<Incoming>),
    Messages(Page<Message>),
    Values(Page<Value>),
}

type Names = std::collections::HashMap<kernel::id::Id<crate::model::Partner>, (String, String)>;

fn blank(names: &Names, partner: kernel::id::Id<crate::model::Partner>, at: kernel::time::Instant) -> Row {
    let (partner_number, partner) = names.get(&partner).cloned().unwrap_or_default();
    Row {
        number: String::new(),
        partner,
        partner_number,
        order: String::new(),
        kind: String::new(),
        at,
        fault: String::new(),
        detail: String::new(),
        version: 0,
        gap: false,
        readable: true,
        may_map: false,
    }
}

fn change_row(ui: &Ui, names: &Names, row: Incoming) -> Row {
    let fault = row.fault.clone().unwrap_or_default();
    Row {
        number: row.number,
        order: row.order_no,
        kind: if row.kind.is_empty() { String::new() } else { ui.named("exchange-change", &row.kind) },
        fault: ui.named("exchange-fault", &fault),
        detail: row.detail.into_string(),
        version: row.version,
        gap: fault == "gap",
        readable: row.revision > 0,
        ..blank(names, row.partner_id, row.received_at)
    }
}

fn message_row(ui: &Ui, names: &Names, row: Message) -> Row {
    let status = row.last_status.map(|s| format!("HTTP {s}"));
    let why = row.last_error.as_deref().map(|e| ui.named("exchange-error", e));
    Row {
        number: row.message,
        order: row.order_no,
        kind: ui.named("exchange-message", &row.kind),
        fault: why.into_iter().chain(status).collect::<Vec<_>>().join(" · "),
        detail: row.answer.into_string(),
        ..blank(names, row.partner_id, row.at)
    }
}

fn value_row(ui: &Ui, names: &Names, row: Value, may_map: bool) -> Row {
    Row {
        number: row.theirs,
        order: row.kind.code().to_owned(),
        kind: ui.named("exchange-value", row.kind.code()),
        fault: ui.n("exchange-met", row.met),
        may_map,
        ..blank(names, row.partner_id, row.first_at)
    }
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let list = LISTS.iter().find(|l| params.has("list", l)).copied().unwrap_or(LISTS[0]);
    let file = export::kind(params.get("format"));
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let (after, size) = if file.is_some() { (None, export::ROWS) } else { (after, PAGE_SIZE) };
    let filter = Filter { number: params.get("q").to_owned(), ..Filter::default() };
    let partner = params.get("partner").to_owned();
    let read = req.read(move |_, tx| {
        let filter = filter.with_partner(tx, &partner)?;
        let found = match list {
            "messages" => Found::Messages(queries::dead_messages(tx, &filter, after, size)?),
            "values" => Found::Values(queries::unmapped(tx, &filter, after, size)?),
            _ => Found::Changes(queries::broken_changes(tx, &filter, after, size)?),
        };
        Ok((found, queries::names(tx)?))
    });
    let (found, names) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let may_map = policy::may(&req.ctx, Act::Map);
    let (rows, next): (Vec<Row>, _) = match found {
        Found::Changes(p) => (p.rows.into_iter().map(|r| change_row(&ui, &names, r)).collect(), p.next),
        Found::Messages(p) => (p.rows.into_iter().map(|r| message_row(&ui, &names, r)).collect(), p.next),
        Found::Values(p) => {
            (p.rows.into_iter().map(|r| value_row(&ui, &names, r, may_map)).collect(), p.next)
        }
    };
    if let Some(kind) = file {
        let titles = ["number", "partner", "order", "kind", "at", "fault", "detail"];
        let columns: Vec<Column> =
            titles.iter().map(|t| Column::new(ui.named("exchange-column", t), Kind::Text)).collect();
        let cells = rows.iter().map(|r| -> Vec<Cell<'_>> {
            vec![
                r.number.as_str().into(),
                r.partner.as_str().into(),
                r.order.as_str().into(),
                r.kind.as_str().into(),
                r.at.rfc3339().into(),
                r.fault.as_str().into(),
                r.detail.as_str().into(),
            ]
        });
        return export::answer(&req, kind, &ui.t("exchange-repairs"), &columns, cells);
    }
    let mut partners: Vec<(String, String)> = names.into_values().collect();
    partners.sort();
    let lists = LISTS.iter().map(|l| (*l, ui.named("exchange-list", l))).collect();
    page(&req, &RepairsPage { ui, params, list, lists, partners, rows, next })
}

pub(super) async fn mend(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let what = Mend::parse(form.text("act")).ok_or_else(|| Problem::field("act", "not-a-choice"));
    let what = what.or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let (of, why) = (number.clone(), form.text("xd_reason").to_owned());
    let done = req.write(move |ctx, tx| commands::mend(ctx, tx, (&of, version), what, &why)).await;
    done.map_err(|problem| act::fail(&req, problem))?;
    Ok(redirect(&req, "/exchange/repairs?list=changes", "exchange-mended", &number))
}

pub(super) async fn resend(req: Req, Path(message): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Repair).or_fail(&req)?;
    let what = Resend::parse(form.text("act")).ok_or_else(|| Problem::field("act", "not-a-choice"));
    let what = what.or_fail(&req)?;
    let why = form.text("xd_reason").to_owned();
    let done = req.write(move |ctx, tx| commands::resend(ctx, tx, &message, what, &why)).await;
    done.map_err(|problem| act::fail(&req, problem))?;
    Ok(redirect(&req, "/exchange/repairs?list=messages", "exchange-resent", ""))
}
