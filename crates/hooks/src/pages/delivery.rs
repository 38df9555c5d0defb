//! One delivery: what was sent, try by try what came back.

use super::shown;
use crate::model::{Delivery, DeliveryState, Endpoint, EndpointState, Try};
use crate::policy::{self, Act};
use crate::{commands, queries};
use kernel::workflow::Named;
use web::error::{OrFail, page, redirect};
use web::parts::{Fact, Line, Mood};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "hooks/delivery.html")]
struct DeliveryPage {
    ui: Ui,
    endpoint: Endpoint,
    delivery: Delivery,
    title: String,
    state: (Mood, String),
    facts: Vec<Fact>,
    tries: Vec<Line>,
    /// What was sent, for those who may read it.
    body: Option<String>,
    may_replay: bool,
}

fn try_line(ui: &Ui, t: &Try, may_read: bool) -> Line {
    let (icon, mood) = if t.error.is_none() { ("check", "ok") } else { ("x", "late") };
    let args = [("number", t.number.to_string()), ("ms", t.took_ms.to_string())];
    let why = t.error.as_deref().map(|e| ui.t(format!("hook-error-{e}")));
    let status = t.status.map(|s| format!("HTTP {s}"));
    let told: Vec<String> = status.into_iter().chain(why).collect();
    Line {
        icon,
        mood,
        text: told.join(" · "),
        at: Some(t.at),
        meta: ui.ta("hook-try", args),
        note: if may_read { t.answer.to_string() } else { String::new() },
        photos: Vec::new(),
    }
}

fn facts(ui: &Ui, endpoint: &Endpoint, d: &Delivery) -> Vec<Fact> {
    let record = Fact::new(ui.t("hook-column-record"), d.number.clone());
    let record = match d.kind.split('.').next() {
        Some("case") => record.link(format!("/cases/{}", d.number)),
        Some("street") => record.link(format!("/streets/{}", d.number)),
        _ => record,
    };
    let href = format!("/admin/webhooks/{}", endpoint.number);
    let mut facts = vec![
        Fact::new(ui.t("hook-endpoint"), format!("{} {}", endpoint.number, endpoint.name)).link(href),
        record,
        Fact::new(ui.t("hook-column-kind"), d.kind.clone()),
        Fact::new(ui.t("hook-column-at"), ui.time(&d.at)),
        Fact::new(ui.t("hook-column-message"), d.message.clone()).wide(),
    ];
    if d.state == DeliveryState::Waiting {
        facts.push(Fact::new(ui.t("hook-next-try"), ui.time(&d.next_at)));
    }
    facts
}

pub(super) async fn page_of(req: Req, Path((number, message)): Path<(String, String)>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let read = req.read(move |_, tx| {
        let line = queries::endpoint(tx, &number)?;
        let (delivery, tries) = queries::delivery(tx, line.endpoint.id, &message)?;
        Ok((line.endpoint, delivery, tries))
    });
    let (endpoint, delivery, tries) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let may_read = policy::may(&req.ctx, Act::Read);
    let body = may_read.then(|| {
        serde_json::from_str::<serde_json::Value>(&delivery.body)
            .and_then(|value| serde_json::to_string_pretty(&value))
            .unwrap_or_else(|_| delivery.body.to_string())
    });
    page(
        &req,
        &DeliveryPage {
            title: shown::kind(&ui, &delivery.kind),
            state: (shown::mood(delivery.state), ui.named("hook-delivery", delivery.state.code())),
            facts: facts(&ui, &endpoint, &delivery),
            tries: tries.iter().rev().map(|t| try_line(&ui, t, may_read)).collect(),
            body,
            may_replay: policy::may(&req.ctx, Act::Keep)
                && endpoint.state == EndpointState::Active
                && delivery.state != DeliveryState::Waiting,
            endpoint,
            delivery,
            ui,
        },
    )
}

pub(super) async fn replay(req: Req, Path((number, message)): Path<(String, String)>, _form: Form) -> Answer {
    let back = format!("/admin/webhooks/{number}/deliveries/{message}");
    req.write(move |ctx, tx| commands::replay(ctx, tx, &number, &message)).await.or_fail(&req)?;
    Ok(redirect(&req, &back, "hook-replayed", ""))
}
