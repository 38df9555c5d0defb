//! A rule with every edition that it has had, and what it did.

use super::shown::{HOME, around, number, span};
use crate::model::{Edition, Rule};
use crate::policy::{self, Act};
use crate::queries;
use crate::told::Codes;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page};
use web::parts::Fact;
use web::{Answer, Path, Req, Ui};

/// Cases that the page names.
const DONE: i64 = 20;

#[derive(askama::Template)]
#[template(path = "routing/rule.html")]
struct RulePage {
    ui: Ui,
    rule: Rule,
    now: Edition,
    state: (&'static str, String),
    conditions: Vec<Fact>,
    facts: Vec<Fact>,
    editions: Vec<EditionLine>,
    done: Vec<(String, i64, String, String)>,
    may_edit: bool,
}

struct EditionLine {
    edition: Edition,
    condition: String,
    unit: String,
    mode: String,
    span: String,
}

pub(super) async fn page_of(req: Req, Path(text): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let number = number(&text).or_fail(&req)?;
    let (desk, index) = around(&req).await?;
    let ui = req.ui();
    let (inner, today) = (ui.clone(), req.ctx.now.date());
    let read = req.read(move |ctx, tx| {
        let ui = inner;
        let (rule, editions) = queries::rule(ctx, tx, number)?;
        let now = editions.first().cloned().ok_or_else(Problem::not_found)?;
        let codes = Codes::read(&ui, tx, &desk.catalogue, &index)?;
        let done = queries::done(ctx, tx, rule.id, DONE)?;
        let mut ids: Vec<_> = editions.iter().map(|e| e.lead_unit).collect();
        ids.extend(now.assisting_units());
        ids.extend(done.iter().map(|(_, d)| d.unit_id));
        let names = people::queries::unit_names(tx, &ids)?;
        let name = |id| names.get(&id).cloned().unwrap_or_default();
        let mut facts = vec![Fact::new(ui.t("label-rule_lead"), name(now.lead_unit))];
        let assisting: Vec<String> = now.assisting_units().into_iter().map(name).collect();
        if !assisting.is_empty() {
            facts.push(Fact::new(ui.t("label-rule_assisting"), assisting.join("、")));
        }
        if let Some((kind, code)) = now.limit_condition.split_once('/') {
            let text = format!("{} {code}", codes.kind(kind));
            facts.push(Fact::new(ui.t("label-rule_condition"), text));
        }
        facts.push(Fact::new(ui.t("label-rule_mode"), ui.named("routing-mode", now.mode.code())));
        let when = span(&ui, &now);
        if !when.is_empty() {
            facts.push(Fact::new(ui.t("routing-when"), when));
        }
        facts.push(Fact::new(ui.t("label-rule_why"), now.why.clone()));
        let standing = now.standing(today);
        let lines = editions.into_iter().map(|edition| EditionLine {
            condition: codes.line(&ui, &edition.conditions.0, &edition.extra),
            unit: name(edition.lead_unit),
            mode: ui.named("routing-mode", edition.mode.code()),
            span: span(&ui, &edition),
            edition,
        });
        let editions = lines.collect();
        let shown =
            |(number, d): (String, queries::Done)| (number, d.edition, name(d.unit_id), ui.time(&d.at));
        Ok(RulePage {
            state: (standing.mood(), ui.named("routing-state", standing.code())),
            conditions: codes.facts(&ui, &now.conditions.0),
            done: done.into_iter().map(shown).collect(),
            may_edit: policy::may(ctx, Act::Edit),
            facts,
            editions,
            now,
            rule,
            ui,
        })
    });
    page(&req, &read.await.or_fail(&req)?)
}

impl RulePage {
    fn expression(&self) -> String {
        self.now.expression()
    }
}
