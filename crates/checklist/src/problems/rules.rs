//! Whether a rule can count what stands at its item.

use super::{Code, Look, Part};
use crate::map::Map;
use crate::model::{Item, Kind};
use crate::rule::{Counting, Rule};
use scoring::Exact;

impl Look<'_> {
    pub(super) fn rule(&mut self, at: usize, item: &Item) {
        let Some(observes) = item.observes() else { return };
        let rule = &observes.rule;
        if !stands_well(rule, item) {
            self.at(at, Part::Rule, Code::RuleMisfit, rule.name());
            return;
        }
        match rule {
            Rule::Conforms => {}
            Rule::Graded { worth } => self.grades(at, item, worth),
            Rule::AnyFails => self.counting(at, item, &Counting::Own, false),
            Rule::Ratio { counting, target, .. } => {
                self.counting(at, item, counting, true);
                if let Some(target) = target
                    && !(*target > Exact::zero() && *target <= Exact::one())
                {
                    self.at(at, Part::Rule, Code::RuleNumber, format!("target={target}"));
                }
            }
            Rule::Threshold { counting, at_least } => {
                self.counting(at, item, counting, false);
                if *at_least == 0 {
                    self.at(at, Part::Rule, Code::RuleNumber, "at-least=0");
                }
            }
            Rule::Deduct { counting, full, each, wanted, per, floor } => {
                self.counting(at, item, counting, false);
                for (wrong, what) in [
                    (*full <= Exact::zero(), "full"),
                    (each.is_negative(), "each"),
                    (*wanted == 0, "wanted"),
                    (*per == 0, "per"),
                    (floor.is_negative() || floor > full, "floor"),
                ] {
                    if wrong {
                        self.at(at, Part::Rule, Code::RuleNumber, what);
                    }
                }
            }
            Rule::Spacing { place, metres, at_least, met } => {
                let places = |kind: &Kind| matches!(kind, Kind::Place | Kind::Number | Kind::Count);
                self.field(at, place, true, places);
                if let Some(met) = met {
                    self.field(at, met, true, |kind| matches!(kind, Kind::Conforms { .. }));
                }
                for (number, what) in [(metres, "metres=0"), (at_least, "at-least=0")] {
                    if *number == 0 {
                        self.at(at, Part::Rule, Code::RuleNumber, what);
                    }
                }
            }
        }
    }

    fn grades(&mut self, at: usize, item: &Item, worth: &std::collections::BTreeMap<String, Exact>) {
        let Item::Question(question) = item else { return };
        let Some(choices) = self.checklist.choices(&question.kind) else { return };
        let missing = choices.iter().map(|choice| &choice.name).filter(|name| !worth.contains_key(*name));
        let surplus = worth.keys().filter(|name| !choices.iter().any(|choice| choice.name == **name));
        for name in missing.chain(surplus) {
            self.at(at, Part::Rule, Code::RuleGrades, name.as_str());
        }
        for (grade, worth) in worth.iter().filter(|(_, w)| w.is_negative() || **w > Exact::one()) {
            self.at(at, Part::Rule, Code::RuleNumber, format!("{grade}={worth}"));
        }
    }

    /// What is counted, where it is not the question's own number.
    fn counting(&mut self, at: usize, item: &Item, counting: &Counting, ratio: bool) {
        match counting {
            Counting::Own => {
                let inside = members(self.map, at).next().is_some();
                if !matches!(item, Item::Question(_)) && !inside {
                    self.at(at, Part::Rule, Code::RuleField, "");
                }
            }
            Counting::Fields { good, of } => {
                let count = |kind: &Kind| *kind == Kind::Count;
                self.field(at, good, false, count);
                match of {
                    Some(of) if ratio => self.field(at, of, false, count),
                    None if !ratio => {}
                    of => self.at(at, Part::Rule, Code::RuleField, of.as_deref().unwrap_or("of")),
                }
            }
        }
    }

    /// A named question must stand inside, `directly` in the rows where that is wanted, and be of a fitting kind.
    fn field(&mut self, at: usize, name: &str, directly: bool, fits: impl Fn(&Kind) -> bool) {
        let map = self.map;
        let found = map.find(name).filter(|found| map.is_inside(*found, at));
        let kind = found.and_then(|found| map.question(found)).map(|question| &question.kind);
        let in_rows = !directly
            || found.and_then(|found| map.at(found)).is_some_and(|entry| entry.repeats.last() == Some(&at));
        if !in_rows || !kind.is_some_and(fits) {
            self.at(at, Part::Rule, Code::RuleField, name);
        }
    }
}

/// Questions inside that are met or not met.
pub(crate) fn members<'m>(map: &'m Map<'_>, at: usize) -> impl Iterator<Item = usize> + 'm {
    map.inside(at)
        .filter(|inner| map.question(*inner).is_some_and(|q| matches!(q.kind, Kind::Conforms { .. })))
}

fn stands_well(rule: &Rule, item: &Item) -> bool {
    let own = |counting: &Counting| *counting == Counting::Own;
    match (rule, item) {
        (Rule::Conforms, Item::Question(question)) => matches!(question.kind, Kind::Conforms { .. }),
        (Rule::Graded { .. }, Item::Question(question)) => matches!(question.kind, Kind::Grade { .. }),
        (Rule::Threshold { counting, .. } | Rule::Deduct { counting, .. }, Item::Question(question)) => {
            question.kind == Kind::Count && own(counting)
        }
        (Rule::Spacing { .. }, Item::Repeat(_))
        | (
            Rule::Ratio { .. } | Rule::Threshold { .. } | Rule::AnyFails | Rule::Deduct { .. },
            Item::Section(_) | Item::Repeat(_),
        ) => true,
        _ => false,
    }
}
