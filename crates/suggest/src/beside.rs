//! What the forms of registering and dispatching show, and what is noted when they come back.

use crate::advise::{Advised, Advisor};
use crate::model::{OfferRow, Target, Trained};
use crate::train::percent;
use ::store::Tx;
use ::store::value::Json;
use cases::beside::{Neighbour, Offer, OfferLine, Offered};
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::workflow::Named;
use std::sync::Arc;
use web::Ui;

/// Advice beside a case's forms.
#[derive(Debug)]
pub(crate) struct Beside(pub(crate) Arc<Advisor>);

/// A word as people read it: what is known beside the text has a name instead of an id.
pub(crate) fn word(ui: &Ui, word: &str) -> String {
    match word.split_once('=') {
        Some((name @ ("section" | "division" | "item"), _)) => ui.named("suggest-word", name),
        _ => word.to_owned(),
    }
}

/// The words that spoke for a choice, in one line.
pub(crate) fn why(ui: &Ui, words: &[String]) -> String {
    let told: Vec<String> = words.iter().map(|w| word(ui, w)).collect();
    if told.is_empty() { String::new() } else { ui.ta("suggest-because", [("words", told.join("、"))]) }
}

/// How often this was right, beside what always saying the commonest would have been.
pub(crate) fn note(ui: &Ui, advised: &Advised) -> String {
    let figures = &advised.by.figures;
    ui.ta(
        "suggest-note",
        [
            ("first", percent(figures.first_share())),
            ("third", percent(figures.third_share())),
            ("baseline", percent(figures.baseline_share())),
            ("tried-count", ui.number(i64::try_from(figures.tried).unwrap_or(0))),
        ],
    )
}

fn line(ui: &Ui, advised: &Advised) -> OfferLine {
    let choices = advised.choices.iter().map(|choice| Offered {
        value: choice.value.clone(),
        text: choice.name.clone(),
        share: format!("{} %", choice.share),
        why: why(ui, &choice.words),
    });
    OfferLine {
        field: advised.target.field(),
        label: ui.named("suggest-for", advised.target.code()),
        choices: choices.collect(),
        note: note(ui, advised),
    }
}

/// What was shown, for the way through the form and back: `item:17:4.9.2;unit:18:30`.
fn token(all: &[Advised]) -> String {
    let part = |advised: &Advised| {
        let labels: Vec<&str> = advised.choices.iter().map(|c| c.label.as_str()).collect();
        format!("{}:{}:{}", advised.target.code(), advised.by.id, labels.join("."))
    };
    all.iter().map(part).collect::<Vec<_>>().join(";")
}

/// What a token says was shown; what makes no sense is left out, because it has been in somebody's hands.
fn shown(token: &str) -> Vec<(Target, Id<Trained>, Vec<String>)> {
    let part = |part: &str| {
        let (target, rest) = part.split_once(':')?;
        let (model, labels) = rest.split_once(':')?;
        let labels: Option<Vec<i64>> = labels.split('.').map(|label| label.parse().ok()).collect();
        let labels = labels.filter(|labels| labels.len() <= crate::advise::CHOICES)?;
        let labels = labels.into_iter().map(|label| label.to_string()).collect();
        Some((Target::parse(target)?, Id::new(model.parse().ok()?), labels))
    };
    token.split(';').filter_map(part).collect()
}

impl Neighbour for Beside {
    fn offer(
        &self,
        ui: &Ui,
        _: &Ctx,
        tx: &mut Tx<'_>,
        case: &Case,
        fields: &[&str],
    ) -> Result<Option<Offer>> {
        let targets: Vec<Target> =
            Target::ALL.iter().copied().filter(|target| fields.contains(&target.field())).collect();
        if targets.is_empty() {
            return Ok(None);
        }
        let all = self.0.advise(tx, case, &targets)?;
        if all.is_empty() {
            return Ok(None);
        }
        Ok(Some(Offer {
            title: ui.t("suggest-head"),
            lines: all.iter().map(|advised| line(ui, advised)).collect(),
            token: token(&all),
            ..Offer::default()
        }))
    }

    fn taken(&self, ctx: &Ctx, tx: &mut Tx<'_>, after: &Case, token: &str) -> Result<()> {
        for (target, model_id, offered) in shown(token) {
            let chosen = match target {
                Target::Item => after.item_id.map(|id| id.to_string()),
                Target::Unit => after.lead_unit.map(|id| id.to_string()),
            };
            let Some(chosen) = chosen else { continue };
            let place = offered.iter().position(|label| *label == chosen).map_or(0, |place| place + 1);
            let row = OfferRow {
                id: tx.new_id(),
                case_id: after.id,
                target,
                model_id,
                offered: Json(offered),
                chosen,
                place: i64::try_from(place).unwrap_or(0),
                at: ctx.now,
            };
            tx.insert(&row)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_and_nonsense_is_left_out() {
        let read = shown("item:17:4.9.2;unit:18:30");
        assert_eq!(read.len(), 2);
        assert_eq!(read[0], (Target::Item, Id::new(17), vec!["4".into(), "9".into(), "2".into()]));
        for wrong in ["", "item", "item:x:1", "person:1:2", "item:1:a", "unit:1:1.2.3.4", "item:1:"] {
            assert_eq!(shown(wrong), [], "{wrong}");
        }
    }
}
