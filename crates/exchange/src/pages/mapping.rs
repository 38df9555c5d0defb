//! What a partner's words mean here (对照表), and whose word holds.

use super::{act, shown};
use crate::commands;
use crate::forms;
use crate::model::{Aspect, Partner, Side, Value, ValueKind};
use crate::policy::{self, Act};
use crate::queries;
use crate::stage::Stage;
use axum::http::StatusCode;
use cases::desk::Desk;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Path, Req, Ui};

type Options = Vec<(String, String)>;

#[derive(askama::Template)]
#[template(path = "exchange/mapping.html")]
struct MappingPage {
    ui: Ui,
    partner: Partner,
    kind: ValueKind,
    kinds: Options,
    values: Vec<Value>,
    /// What theirs can be: code and name.
    options: Options,
    form: Filled,
}

impl MappingPage {
    fn chosen(&self, code: &str) -> bool {
        self.kind.code() == code
    }
}

async fn shown_page(req: &Req, number: String, kind: ValueKind, form: Filled) -> Answer<MappingPage> {
    let desk = Desk::of(&req.city).await.or_fail(req)?;
    let read = req.read(move |_, tx| {
        let partner = queries::partner(tx, &number)?.partner;
        let values = queries::values(tx, partner.id, kind)?;
        let units = match kind {
            ValueKind::Unit => people::queries::all_units_options(tx)?,
            _ => Vec::new(),
        };
        Ok((partner, values, units))
    });
    let (partner, values, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    let options = match kind {
        ValueKind::State => shown::options::<Stage>(&ui, "exchange-stage"),
        ValueKind::Unit => units.iter().map(people::queries::UnitOption::choice).collect(),
        ValueKind::Category => {
            let items = desk.catalogue.items().iter();
            items
                .map(|i| {
                    let code = format!("{}-{}", i.kind.code(), i.code);
                    let name = format!("{} · {} {}", i.major_name, i.name, i.code);
                    (code, name)
                })
                .collect()
        }
    };
    Ok(MappingPage {
        kinds: shown::options::<ValueKind>(&ui, "exchange-value"),
        ui,
        partner,
        kind,
        values,
        options,
        form,
    })
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let kind = ValueKind::parse(params.get("kind")).unwrap_or(ValueKind::Category);
    page(&req, &shown_page(&req, number, kind, Filled::new()).await?)
}

fn kind_of(form: &Form) -> Result<ValueKind, Problem> {
    ValueKind::parse(form.text("kind")).ok_or_else(|| Problem::field("kind", "not-a-choice"))
}

pub(super) async fn set(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let kind = kind_of(&form).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let (of, theirs, ours) =
        (number.clone(), form.text("xv_theirs").to_owned(), form.text("xv_ours").to_owned());
    let work = req.write(move |ctx, tx| commands::map_value(ctx, tx, &desk, &of, kind, (&theirs, &ours)));
    match work.await {
        Ok(_) => {
            let back = format!("/exchange/partners/{number}/mapping?kind={}", kind.code());
            Ok(redirect(&req, &back, "exchange-mapped", form.text("xv_theirs")))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => {
                let shown = shown_page(&req, number, kind, filled).await?;
                page_with(&req, StatusCode::UNPROCESSABLE_ENTITY, &shown)
            }
            None => Err(act::fail(&req, problem)),
        },
    }
}

pub(super) async fn forget(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let kind = kind_of(&form).or_fail(&req)?;
    let (of, theirs) = (number.clone(), form.text("xv_theirs").to_owned());
    req.write(move |ctx, tx| commands::forget_value(ctx, tx, &of, kind, &theirs)).await.or_fail(&req)?;
    let back = format!("/exchange/partners/{number}/mapping?kind={}", kind.code());
    Ok(redirect(&req, &back, "exchange-unmapped", form.text("xv_theirs")))
}

/// One aspect, and whose word holds now.
struct Rule {
    name: &'static str,
    text: String,
    hint: String,
    theirs: bool,
}

#[derive(askama::Template)]
#[template(path = "exchange/rules.html")]
struct RulesPage {
    ui: Ui,
    partner: Partner,
    rules: Vec<Rule>,
}

pub(super) async fn rules_form(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let partner = req.read(move |_, tx| queries::partner(tx, &number)).await.or_fail(&req)?.partner;
    let ui = req.ui();
    let rule = |name: &'static str, aspect: Aspect| Rule {
        name,
        text: ui.named("exchange-aspect", aspect.code()),
        hint: ui.t(format!("exchange-rule-{}", aspect.code())),
        theirs: partner.wins.0.of(aspect) == Side::Theirs,
    };
    let rules = vec![
        rule("win_state", Aspect::State),
        rule("win_deadline", Aspect::Deadline),
        rule("win_unit", Aspect::Unit),
        rule("win_category", Aspect::Category),
        rule("win_text", Aspect::Text),
    ];
    page(&req, &RulesPage { ui, partner, rules })
}

pub(super) async fn rules(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Map).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let wins = forms::wins(|name| form.text(name).to_owned()).or_fail(&req)?;
    let of = number.clone();
    req.write(move |ctx, tx| commands::set_wins(ctx, tx, (&of, version), wins)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/exchange/partners/{number}"), "exchange-saved", ""))
}
