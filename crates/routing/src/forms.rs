//! What the form and JSON bodies send, turned into a rule or into every fault at once.

use crate::commands::Draft;
use crate::conditions::Conditions;
use crate::language;
use crate::model::Mode;
use crate::told::fault_error;
use ::store::Tx;
use cases::catalogue::{Catalogue, ItemKind};
use cases::model::Source;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use places::PlaceIndex;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Form;

/// Words of a list, and characters of a word.
const WORDS: usize = 40;
const WORD: usize = 30;
/// Members of any other list.
const MEMBERS: usize = 400;

/// A rule as it was typed: codes where the command wants ids.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RuleDraft {
    pub name: String,
    /// Whether it is switched on.
    pub active: bool,
    /// `2026-03-05`; empty for at once.
    pub from: String,
    /// The last day; empty for no end.
    pub until: String,
    pub conditions: Conditions,
    /// A further condition in the language of expressions; empty for none.
    pub expression: String,
    /// Code of the unit that leads, codes of those that assist.
    pub lead: String,
    pub assisting: Vec<String>,
    /// `event-06010/2`: item and code of its condition; empty for none.
    pub limit_condition: String,
    /// `prepare` or `dispatch`.
    pub mode: String,
    /// Why it is so; stands on the cases that it dispatches.
    pub why: String,
    /// As it was read; needed for a change.
    pub version: Option<i64>,
}

fn separated(text: &str) -> Vec<String> {
    let split = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
    let mut all: Vec<String> = Vec::new();
    for word in text.split(split).filter(|w| !w.is_empty()) {
        if !all.iter().any(|known| known == word) {
            all.push(word.to_owned());
        }
    }
    all
}

/// What the form sent. An hour that is none is an error of its field.
pub fn from_form(form: &Form) -> Result<RuleDraft> {
    let all = |name: &'static str| form.all(name).map(str::to_owned).collect::<Vec<_>>();
    let mut findings = Findings::default();
    let mut hour = |name: &'static str| findings.take(form.number::<u8>(name)).flatten();
    let (hour_from, hour_until) = (hour("rule_hour_from"), hour("rule_hour_until"));
    findings.done()?;
    // kinds and whole classes stand in one list: a class has no item behind its number
    let (majors, kinds) = all("rule_kinds").into_iter().partition(|code| code.starts_with("all:"));
    let majors: Vec<String> = majors;
    Ok(RuleDraft {
        name: form.text("rule_name").to_owned(),
        active: form.ticked("rule_active"),
        from: form.text("rule_from").to_owned(),
        until: form.text("rule_until").to_owned(),
        conditions: Conditions {
            kinds,
            majors: majors.iter().map(|code| code.trim_start_matches("all:").to_owned()).collect(),
            form: form.text("rule_form").to_owned(),
            sources: all("rule_sources"),
            divisions: all("rule_divisions"),
            stretches: separated(form.text("rule_stretches")),
            site_types: all("rule_site_types"),
            register_units: all("rule_register_units"),
            words: separated(form.text("rule_words")),
            without: separated(form.text("rule_without")),
            hour_from,
            hour_until,
            days: form.text("rule_days").to_owned(),
            urgent: form.ticked("rule_urgent"),
        },
        expression: form.text("rule_expression").to_owned(),
        lead: form.text("rule_lead").to_owned(),
        assisting: all("rule_assisting"),
        limit_condition: form.text("rule_condition").to_owned(),
        mode: form.text("rule_mode").to_owned(),
        why: form.text("rule_why").to_owned(),
        version: form.text("version").parse().ok(),
    })
}

/// What is known of the city when a rule is checked.
pub struct City<'c> {
    pub catalogue: &'c Catalogue,
    pub index: &'c PlaceIndex,
}

impl RuleDraft {
    pub fn read(self, tx: &mut Tx<'_>, city: &City<'_>) -> Result<Draft> {
        let mut findings = Findings::default();
        let length = |findings: &mut Findings, field: &'static str, text: &str, max: usize| {
            findings.check(!text.trim().is_empty(), field, "required");
            if text.chars().count() > max {
                findings.add(FieldError::new(field, "too-long").arg("max", max));
            }
        };
        length(&mut findings, "rule_name", &self.name, 60);
        length(&mut findings, "rule_why", &self.why, 300);
        let day = |findings: &mut Findings, field: &'static str, text: &str| match text {
            "" => None,
            text => {
                let day = text.parse::<Date>().ok();
                findings.check(day.is_some(), field, "not-a-date");
                day
            }
        };
        let from_day = day(&mut findings, "rule_from", &self.from);
        let until_day = day(&mut findings, "rule_until", &self.until);
        let in_order = from_day.zip(until_day).is_none_or(|(from, until)| from <= until);
        findings.check(in_order, "rule_until", "before-start");
        let mode = Mode::parse(&self.mode);
        findings.check(mode.is_some(), "rule_mode", "not-a-choice");
        check_conditions(tx, &mut findings, city, &self.conditions)?;
        check_expression(&mut findings, &self.conditions, &self.expression);
        check_limit(&mut findings, city.catalogue, &self.limit_condition);
        let lead = active_unit(tx, &self.lead)?;
        findings.check(
            lead.is_some(),
            "rule_lead",
            if self.lead.is_empty() { "required" } else { "not-a-choice" },
        );
        let mut assisting = Vec::new();
        for code in &self.assisting {
            match active_unit(tx, code)? {
                Some(unit) if Some(unit) != lead && !assisting.contains(&unit) => assisting.push(unit),
                Some(_) => {}
                None => findings.check(false, "rule_assisting", "not-a-choice"),
            }
        }
        findings.check(assisting.len() <= 20, "rule_assisting", "not-a-choice");
        findings.done()?;
        let trimmed = |text: String| text.trim().to_owned();
        Ok(Draft {
            name: trimmed(self.name),
            active: self.active,
            from_day,
            until_day,
            conditions: self.conditions,
            extra: trimmed(self.expression),
            // both were found, or `done` has refused
            lead_unit: lead.unwrap_or_else(|| Id::new(0)),
            assisting,
            limit_condition: self.limit_condition,
            mode: mode.unwrap_or(Mode::Prepare),
            why: trimmed(self.why),
        })
    }
}

fn active_unit(tx: &mut Tx<'_>, code: &str) -> Result<Option<Id<Unit>>> {
    if code.is_empty() {
        return Ok(None);
    }
    Ok(people::queries::unit_by_code(tx, code)?.filter(people::UnitRow::is_active).map(|u| u.id))
}

fn item<'c>(catalogue: &'c Catalogue, code: &str) -> Option<&'c cases::catalogue::ItemInfo> {
    let (kind, code) = code.split_once('-')?;
    catalogue.by_code(ItemKind::parse(kind)?, code)
}

fn check_limit(findings: &mut Findings, catalogue: &Catalogue, text: &str) {
    if text.is_empty() {
        return;
    }
    let known = text.split_once('/').and_then(|(kind, code)| {
        let id = item(catalogue, kind)?.id;
        catalogue.conditions(id).iter().find(|(known, _)| known == code)
    });
    findings.check(known.is_some(), "rule_condition", "not-a-choice");
}

/// The condition as a whole, and what was written by hand on its own: so that the place that is said is one in that field.
fn check_expression(findings: &mut Findings, conditions: &Conditions, extra: &str) {
    let extra = extra.trim();
    if conditions.is_empty() && extra.is_empty() {
        findings.check(false, "rule_expression", "routing-no-condition");
        return;
    }
    let checked = if extra.is_empty() { Ok(()) } else { language::read(extra).map(drop) };
    let checked = checked.and_then(|()| language::read(&conditions.expression(extra)).map(drop));
    if let Err(fault) = checked {
        findings.add(fault_error("rule_expression", &fault));
    }
}

fn check_conditions(
    tx: &mut Tx<'_>,
    findings: &mut Findings,
    city: &City<'_>,
    of: &Conditions,
) -> Result<()> {
    let catalogue = city.catalogue;
    let lists = [
        &of.kinds,
        &of.majors,
        &of.sources,
        &of.divisions,
        &of.stretches,
        &of.site_types,
        &of.register_units,
    ];
    findings.check(lists.iter().all(|l| l.len() <= MEMBERS), "rule_kinds", "routing-too-many");
    let major = |code: &String| {
        catalogue.items().iter().any(|i| format!("{}-{}", i.kind.code(), i.major_code) == *code)
    };
    let kinds = of.kinds.iter().all(|c| item(catalogue, c).is_some()) && of.majors.iter().all(major);
    findings.check(kinds, "rule_kinds", "not-a-choice");
    findings.check(of.form.is_empty() || ItemKind::parse(&of.form).is_some(), "rule_form", "not-a-choice");
    findings.check(of.sources.iter().all(|s| Source::parse(s).is_some()), "rule_sources", "not-a-choice");
    let divisions = of.divisions.iter().all(|c| city.index.by_code(c).is_some());
    findings.check(divisions, "rule_divisions", "not-a-choice");
    for number in of.stretches.iter().take(MEMBERS) {
        if streets::queries::find(tx, number)?.is_none() {
            let error =
                FieldError::new("rule_stretches", "routing-no-stretch").arg("number", number.as_str());
            findings.add(error);
        }
    }
    let types: Vec<String> = places::queries::site_types(tx)?.into_iter().map(|t| t.code).collect();
    findings.check(of.site_types.iter().all(|c| types.contains(c)), "rule_site_types", "not-a-choice");
    for code in of.register_units.iter().take(MEMBERS) {
        let known = people::queries::unit_by_code(tx, code)?.is_some();
        findings.check(known, "rule_register_units", "not-a-choice");
    }
    for (field, words) in [("rule_words", &of.words), ("rule_without", &of.without)] {
        let fits = words.len() <= WORDS && words.iter().all(|w| !w.is_empty() && w.chars().count() <= WORD);
        if !fits {
            findings.add(FieldError::new(field, "routing-words").arg("words", WORDS).arg("signs", WORD));
        }
    }
    let hours = match (of.hour_from, of.hour_until) {
        (None, None) => true,
        (Some(from), Some(until)) => from < 24 && until <= 24 && from != until,
        _ => false,
    };
    findings.check(hours, "rule_hour_from", "routing-hours");
    findings.check(matches!(of.days.as_str(), "" | "workdays" | "restdays"), "rule_days", "not-a-choice");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_separated_by_what_people_type() {
        assert_eq!(separated(" 垃圾、渣土，垃圾\n脏;乱 "), ["垃圾", "渣土", "脏", "乱"]);
        assert_eq!(separated(" ，、 "), Vec::<String>::new());
    }

    #[test]
    fn a_form_is_read_as_it_was_sent() {
        let form = Form::from_pairs(&[
            ("rule_name", "垃圾"),
            ("rule_kinds", "event-01001"),
            ("rule_kinds", "all:event-02"),
            ("rule_hour_from", "22"),
            ("rule_hour_until", "6"),
            ("rule_active", "1"),
        ]);
        let draft = from_form(&form).unwrap();
        assert_eq!(draft.conditions.kinds, ["event-01001"]);
        assert_eq!(draft.conditions.majors, ["event-02"]);
        assert_eq!((draft.conditions.hour_from, draft.conditions.hour_until), (Some(22), Some(6)));
        assert!(draft.active);
        let wrong = from_form(&Form::from_pairs(&[("rule_hour_from", "早上")])).unwrap_err();
        assert_eq!(wrong.fields[0].field, "rule_hour_from");
    }
}
