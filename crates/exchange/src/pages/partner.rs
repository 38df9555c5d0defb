//! The partners and how they do; one partner with what can be done about it.

use super::act::{ActPage, SecretPage};
use super::shown;
use crate::adapter::folders;
use crate::model::{Aspect, Carrier, Partner, PartnerState, Side};
use crate::policy::{self, Act};
use crate::queries::{self, Line};
use crate::{commands, forms, seal};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use web::error::{OrFail, page, redirect};
use web::parts::{Fact, Mood};
use web::{Answer, Form, Path, Req, Ui};

struct Row {
    number: String,
    name: String,
    kind: String,
    standing: (Mood, String),
    success: String,
    differences: String,
    repairs: String,
    repairs_mood: Mood,
}

#[derive(askama::Template)]
#[template(path = "exchange/partners.html")]
struct ListPage {
    ui: Ui,
    rows: Vec<Row>,
    may_configure: bool,
    may_repair: bool,
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let lines = req.read(|_, tx| queries::partners(tx)).await.or_fail(&req)?;
    let ui = req.ui();
    let rows = lines.iter().map(|line| Row {
        number: line.partner.number.clone(),
        name: line.partner.name.clone(),
        kind: ui.named("exchange-kind", line.partner.kind.code()),
        standing: shown::standing(&ui, line),
        success: shown::ago(&ui, line.health.last_success),
        differences: shown::counted(&ui, line.differences),
        repairs: shown::counted(&ui, line.repairs()),
        repairs_mood: if line.repairs() > 0 { "late" } else { "" },
    });
    let may = |act| policy::may(&req.ctx, act);
    page(
        &req,
        &ListPage {
            rows: rows.collect(),
            may_configure: may(Act::Configure),
            may_repair: may(Act::Repair),
            ui,
        },
    )
}

#[derive(askama::Template)]
#[template(path = "exchange/partner.html")]
struct PartnerPage {
    ui: Ui,
    line: Line,
    standing: (Mood, String),
    facts: Vec<Fact>,
    rules: Vec<Fact>,
    active: bool,
    http: bool,
    may_configure: bool,
    may_map: bool,
    may_run: bool,
}

fn facts(ui: &Ui, req: &Req, line: &Line) -> Vec<Fact> {
    let (partner, health) = (&line.partner, &line.health);
    let may_repair = policy::may(&req.ctx, Act::Repair);
    let directions: Vec<String> =
        [(partner.pulls, "pulls"), (partner.takes, "takes"), (partner.sends, "sends")]
            .into_iter()
            .filter(|(on, _)| *on)
            .map(|(_, word)| ui.named("exchange-direction", word))
            .collect();
    let mut facts = vec![
        Fact::new(ui.t("label-xp_kind"), ui.named("exchange-kind", partner.kind.code())),
        Fact::new(ui.t("label-xp_carrier"), ui.named("exchange-carrier", partner.carrier.code())),
        Fact::new(ui.t("exchange-directions"), directions.join(ui.t("exchange-and").as_str())).wide(),
    ];
    match partner.carrier {
        Carrier::Http => {
            facts.push(Fact::new(ui.t("label-xp_url"), partner.url.clone()).wide());
            let held = if partner.token.is_empty() { "exchange-token-none" } else { "exchange-token-held" };
            facts.push(Fact::new(ui.t("label-xp_token"), ui.t(held)));
        }
        Carrier::Folder => {
            let [inbox, ..] = folders(req.city.db().folder(), &partner.number);
            let root = inbox.parent().map(|p| p.display().to_string()).unwrap_or_default();
            facts.push(Fact::new(ui.t("exchange-folder"), root).wide());
        }
    }
    facts.push(Fact::new(ui.t("exchange-last-success"), shown::ago(ui, health.last_success)));
    facts.push(Fact::new(ui.t("exchange-last-failure"), shown::ago(ui, health.last_failure)));
    if let Some(error) = &health.last_error {
        facts.push(Fact::new(ui.t("exchange-last-error"), ui.named("exchange-error", error)));
    }
    let next = kernel::time::Instant(health.next_pull_at);
    if partner.pulls && next > ui.now() {
        facts.push(Fact::new(ui.t("exchange-next-pull"), ui.time(&next)));
    }
    facts.push(Fact::new(ui.t("exchange-waiting-in"), shown::counted(ui, line.waiting_in)));
    facts.push(Fact::new(ui.t("exchange-waiting-out"), shown::counted(ui, line.waiting_out)));
    let to_repairs = |name: &str, count: i64, list: &str| {
        let fact = Fact::new(ui.t(name), shown::counted(ui, count));
        let href = format!("/exchange/repairs?list={list}&partner={}", partner.number);
        if may_repair && count > 0 { fact.link(href) } else { fact }
    };
    facts.push(to_repairs("exchange-broken-in", line.broken_in, "changes"));
    facts.push(to_repairs("exchange-dead-out", line.dead_out, "messages"));
    facts.push(to_repairs("exchange-unmapped", line.unmapped, "values"));
    let differences = Fact::new(ui.t("exchange-differences"), shown::counted(ui, line.differences));
    facts.push(if may_repair {
        differences.link(format!("/exchange/differences?partner={}", partner.number))
    } else {
        differences
    });
    facts.push(Fact::new(ui.t("exchange-compared"), shown::ago(ui, health.compared_at)));
    if let Some(error) = &health.compare_error {
        facts.push(Fact::new(ui.t("exchange-compare-error"), ui.named("exchange-error", error)));
    }
    facts
}

fn rules(ui: &Ui, partner: &Partner) -> Vec<Fact> {
    let of = |aspect: Aspect| {
        let side = match partner.wins.0.of(aspect) {
            Side::Ours => "exchange-side-ours",
            Side::Theirs => "exchange-side-theirs",
        };
        Fact::new(ui.named("exchange-aspect", aspect.code()), ui.t(side))
    };
    [Aspect::State, Aspect::Deadline, Aspect::Unit, Aspect::Category, Aspect::Text]
        .into_iter()
        .map(of)
        .collect()
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let line = req.read(move |_, tx| queries::partner(tx, &number)).await.or_fail(&req)?;
    let ui = req.ui();
    let may = |act| policy::may(&req.ctx, act);
    page(
        &req,
        &PartnerPage {
            standing: shown::standing(&ui, &line),
            facts: facts(&ui, &req, &line),
            rules: rules(&ui, &line.partner),
            active: line.partner.state == PartnerState::Active,
            http: line.partner.carrier == Carrier::Http,
            may_configure: may(Act::Configure),
            may_map: may(Act::Map),
            may_run: may(Act::Run),
            line,
            ui,
        },
    )
}

fn at(number: &str) -> String {
    format!("/exchange/partners/{number}")
}

/// The key that holds now, once.
pub(super) fn show_key(req: &Req, partner: &Partner, key: &str) -> Answer {
    let ui = req.ui();
    let address = format!("{}/api/v1/exchange/inbox/{}/changes", req.app.settings().base_url, partner.number);
    let secret = seal::key_for_them(req.db().secrets(), partner);
    let (title, lead) = (ui.t(key), ui.t(format!("{key}.lead")));
    page(req, &SecretPage { ui, title, lead, secret, address, number: partner.number.clone() })
}

async fn subject(req: &Req, number: String) -> Answer<Partner> {
    policy::require(&req.ctx, Act::Configure).or_fail(req)?;
    Ok(req.read(move |_, tx| queries::partner(tx, &number)).await.or_fail(req)?.partner)
}

pub(super) async fn key_form(req: Req, Path(number): Path<String>) -> Answer {
    let partner = subject(&req, number).await?;
    ActPage::show(&req, ("exchange-renew", "key", false), &partner)
}

pub(super) async fn remove_form(req: Req, Path(number): Path<String>) -> Answer {
    let partner = subject(&req, number).await?;
    ActPage::show(&req, ("exchange-remove", "removal", true), &partner)
}

/// Runs a command on the version that the form has seen.
async fn command<T: Send + 'static>(
    req: &Req,
    form: &Form,
    number: &str,
    work: impl FnOnce(&Ctx, &mut Tx<'_>, (&str, i64)) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (number, version) = (number.to_owned(), forms::version(form.text("version"))?);
    req.write(move |ctx, tx| work(ctx, tx, (&number, version))).await
}

pub(super) async fn key(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let partner = command(&req, &form, &number, commands::renew_key).await.or_fail(&req)?;
    show_key(&req, &partner, "exchange-key-renewed")
}

pub(super) async fn pause(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::pause).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "exchange-paused", ""))
}

pub(super) async fn resume(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::resume).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "exchange-resumed", ""))
}

pub(super) async fn remove(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    command(&req, &form, &number, commands::remove).await.or_fail(&req)?;
    Ok(redirect(&req, "/exchange/partners", "exchange-removed", &number))
}

pub(super) async fn pull(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    let of = number.clone();
    req.write(move |ctx, tx| commands::pull_now(ctx, tx, &of)).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "exchange-pulled", ""))
}

pub(super) async fn compare(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    let of = number.clone();
    req.write(move |ctx, tx| commands::compare_now(ctx, tx, &of)).await.or_fail(&req)?;
    Ok(redirect(&req, &at(&number), "exchange-comparing", ""))
}
