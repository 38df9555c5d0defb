//! Lists of choices, and what a question's answer may be.

use super::{Code, Look, Part, Place};
use crate::expr::is_name;
use crate::model::{Item, Kind};
use crate::xlsform::{CONFORMS, CONFORMS_STRICTLY};

const LISTS: usize = 200;
const CHOICES: usize = 500;

/// Signs by which other programs tell that a default is to be worked out.
const WORKED_OUT: [&str; 12] = ["+", "*", "|", "(", ")", "[", "]", "{", "}", "$", " div ", " mod "];

impl Look<'_> {
    pub(super) fn lists(&mut self) {
        let checklist = self.checklist;
        if checklist.lists.len() > LISTS {
            self.add(Place::Checklist, Part::Choices, Code::TooManyChoices, LISTS.to_string());
            return;
        }
        for (at, list) in checklist.lists.iter().enumerate() {
            let place = |choice| Place::List { number: at + 1, name: list.name.clone(), choice };
            if !is_name(&list.name) {
                self.add(place(None), Part::Name, Code::BadName, list.name.as_str());
            } else if [CONFORMS, CONFORMS_STRICTLY].contains(&list.name.as_str()) {
                self.add(place(None), Part::Name, Code::NameReserved, list.name.as_str());
            } else if checklist.lists.iter().take(at).any(|before| before.name == list.name) {
                self.add(place(None), Part::Name, Code::ListTwice, list.name.as_str());
            }
            if list.choices.is_empty() {
                self.add(place(None), Part::Choices, Code::NoChoices, list.name.as_str());
            } else if list.choices.len() > CHOICES {
                self.add(place(None), Part::Choices, Code::TooManyChoices, CHOICES.to_string());
                continue;
            }
            for (n, choice) in list.choices.iter().enumerate() {
                let here = place(Some(n + 1));
                if !is_choice_name(&choice.name) {
                    self.add(here.clone(), Part::Name, Code::BadName, choice.name.as_str());
                } else if list.choices.iter().take(n).any(|before| before.name == choice.name) {
                    self.add(here.clone(), Part::Name, Code::ChoiceTwice, choice.name.as_str());
                }
                self.bilingual(&here, (Part::LabelZh, Part::LabelEn), &choice.label, false);
            }
        }
    }

    /// Whether a question can be answered, and its default is an answer.
    pub(super) fn answers(&mut self, at: usize, item: &Item) {
        let Item::Question(question) = item else { return };
        match &question.kind {
            Kind::Grade { list } | Kind::OneOf { list } | Kind::ManyOf { list }
                if self.checklist.list(list).is_none() =>
            {
                self.at(at, Part::Choices, Code::UnknownList, list.as_str());
            }
            Kind::Photo { most } if !(1..=20).contains(most) => {
                self.at(at, Part::Kind, Code::PhotoCount, most.to_string());
            }
            _ => {}
        }
        let default = question.default.as_str();
        if default.is_empty() {
            return;
        }
        let takes_none = matches!(question.kind, Kind::Calculate { .. } | Kind::Photo { .. } | Kind::Audio);
        if takes_none || self.checklist.answer(&question.kind, default).is_err() || default.trim() != default
        {
            self.at(at, Part::Default, Code::DefaultWrong, default);
        } else if WORKED_OUT.iter().any(|sign| default.contains(sign))
            || minus_means_less(&question.kind, default)
        {
            self.at(at, Part::Default, Code::DefaultWorkedOut, default);
        }
        let place = Place::Item { number: at + 1, name: question.name.clone() };
        self.text(&place, Part::Default, default, 1000);
    }
}

/// Names of choices may begin with a digit; they are never part of a path.
fn is_choice_name(name: &str) -> bool {
    is_name(&format!("_{name}")) && !name.is_empty()
}

/// In dates and places a minus is a minus; elsewhere a lone one, or one between two things, is an operator.
fn minus_means_less(kind: &Kind, default: &str) -> bool {
    let plain = matches!(
        kind,
        Kind::Date | Kind::Time | Kind::Place | Kind::Line | Kind::Area | Kind::Count | Kind::Number
    );
    !plain && (default.contains(" -") || default.contains("- ") || default.starts_with('-'))
}
