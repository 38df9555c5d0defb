//! Rules, conditions and faults in the reader's words.

use crate::book::Entry;
use crate::conditions::Conditions;
use crate::language::Fault;
use ::store::Tx;
use cases::catalogue::{Catalogue, ItemKind};
use kernel::problem::{FieldError, Result};
use kernel::workflow::Named;
use places::PlaceIndex;
use std::collections::HashMap;
use web::Ui;
use web::parts::Fact;

/// "Rule 3, edition 2: …".
pub(crate) fn called(ui: &Ui, entry: &Entry) -> String {
    let (rule, edition) = (entry.rule.number.to_string(), entry.edition.number.to_string());
    ui.ta("routing-called", [("rule", rule), ("edition", edition), ("name", entry.edition.name.clone())])
}

/// What is wrong with an expression, with its place.
pub(crate) fn fault(ui: &Ui, fault: &Fault) -> String {
    web::error::field_text(ui, &fault_error("", fault))
}

/// The same as an error of a field.
pub(crate) fn fault_error(field: &'static str, fault: &Fault) -> FieldError {
    let code = match fault.code {
        "too-long" => "routing-fault-too-long",
        "too-much" => "routing-fault-too-much",
        "unknown-name" => "routing-fault-unknown-name",
        "unknown-function" => "routing-fault-unknown-function",
        "missing" => "routing-fault-missing",
        "ends-early" => "routing-fault-ends-early",
        "not-yes-or-no" => "routing-fault-not-yes-or-no",
        _ => "routing-fault-not-understood",
    };
    FieldError::new(field, code)
        .arg("line", fault.line)
        .arg("column", fault.column)
        .arg("what", fault.what.as_str())
}

/// Names for the codes in conditions.
pub(crate) struct Codes<'c> {
    pub(crate) catalogue: &'c Catalogue,
    pub(crate) index: &'c PlaceIndex,
    /// Of units by code, of types of site by code.
    pub(crate) units: HashMap<String, String>,
    pub(crate) sites: HashMap<String, String>,
}

impl<'c> Codes<'c> {
    pub(crate) fn read(
        ui: &Ui,
        tx: &mut Tx<'_>,
        catalogue: &'c Catalogue,
        index: &'c PlaceIndex,
    ) -> Result<Self> {
        let english = ui.lang() == "en";
        let units = people::queries::directory(tx)?.into_iter().map(|u| (u.code, u.name)).collect();
        let sites = places::queries::site_types(tx)?;
        let sites =
            sites.into_iter().map(|t| (t.code, if english { t.name_en } else { t.name_zh })).collect();
        Ok(Self { catalogue, index, units, sites })
    }

    pub(crate) fn kind(&self, code: &str) -> String {
        let found = code.split_once('-').and_then(|(kind, code)| {
            self.catalogue.by_code(ItemKind::parse(kind)?, code).map(|item| item.name.clone())
        });
        found.unwrap_or_else(|| code.to_owned())
    }

    fn major(&self, code: &str) -> String {
        let of =
            |item: &&cases::catalogue::ItemInfo| format!("{}-{}", item.kind.code(), item.major_code) == code;
        let found = self.catalogue.items().iter().find(of);
        found.map_or_else(|| code.to_owned(), |item| item.major_name.clone())
    }

    fn division(&self, code: &str) -> String {
        self.index.by_code(code).map_or_else(|| code.to_owned(), |node| node.name.to_string())
    }

    /// What has been filled in, line by line.
    pub(crate) fn facts(&self, ui: &Ui, of: &Conditions) -> Vec<Fact> {
        let named = |map: &HashMap<String, String>, code: &String| map.get(code).unwrap_or(code).clone();
        let joined = |texts: Vec<String>| texts.join("、");
        let mut facts = Vec::new();
        let mut add = |key: &str, texts: Vec<String>| {
            if !texts.is_empty() {
                facts.push(Fact::new(ui.t(format!("label-rule_{key}")), joined(texts)));
            }
        };
        let mut kinds: Vec<String> = of.majors.iter().map(|c| self.major(c)).collect();
        kinds.extend(of.kinds.iter().map(|c| self.kind(c)));
        add("kinds", kinds);
        add("form", some(&of.form).map(|c| ui.named("rule-form", c)).collect());
        add("sources", of.sources.iter().map(|c| ui.named("source", c)).collect());
        add("divisions", of.divisions.iter().map(|c| self.division(c)).collect());
        add("stretches", of.stretches.clone());
        add("site_types", of.site_types.iter().map(|c| named(&self.sites, c)).collect());
        add("register_units", of.register_units.iter().map(|c| named(&self.units, c)).collect());
        add("words", of.words.clone());
        add("without", of.without.clone());
        if let Some((from, until)) = of.hour_from.zip(of.hour_until) {
            add("hours", vec![format!("{from:02}:00–{until:02}:00")]);
        }
        add("days", some(&of.days).map(|c| ui.named("rule-days", c)).collect());
        if of.urgent {
            add("urgent", vec![ui.t("rule-yes")]);
        }
        facts
    }

    /// The same in one line, for lists.
    pub(crate) fn line(&self, ui: &Ui, of: &Conditions, extra: &str) -> String {
        let mut parts: Vec<String> = self
            .facts(ui, of)
            .into_iter()
            .map(|f| format!("{}{}{}", f.name, ui.t("form-colon"), f.value))
            .collect();
        parts.extend(some(extra).map(str::to_owned));
        parts.join(&ui.t("rule-and"))
    }
}

fn some(text: &str) -> impl Iterator<Item = &str> {
    std::iter::once(text).filter(|t| !t.is_empty())
}
