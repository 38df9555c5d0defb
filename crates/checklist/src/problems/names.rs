//! Names and words of a checklist.

use super::{Code, DEPTH, Look, Part, Place};
use crate::expr::is_name;
use crate::map::{Entry, ROOT};
use crate::model::{Item, Kind};

/// Characters of a standard's code, a finding's kind and its severity.
const SHORT: usize = 60;

/// Names that the form itself needs, or that programs fill in.
const RESERVED: [&str; 6] = [ROOT, "meta", "instanceid", "instancename", "deprecatedid", "__version__"];

/// Names that the form makes for an item: of the number of its rows, of its further pictures.
pub(crate) fn helpers(item: &Item) -> Vec<String> {
    match item {
        Item::Repeat(repeat) if repeat.count.is_some() => vec![count_name(&repeat.name)],
        Item::Question(question) => match question.kind {
            Kind::Photo { most } => (2..=most.min(20)).map(|n| photo_name(&question.name, n)).collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The element in which a form works out how many rows there are.
pub(crate) fn count_name(repeat: &str) -> String {
    format!("{repeat}_count")
}

/// The element of the second picture and so on: in XForms one holds one file.
pub(crate) fn photo_name(question: &str, number: u32) -> String {
    if number < 2 { question.to_owned() } else { format!("{question}_{number}") }
}

impl Look<'_> {
    pub(super) fn heading(&mut self) {
        let checklist = self.checklist;
        if !is_name(&checklist.code) {
            self.add(Place::Checklist, Part::Code, Code::BadName, checklist.code.as_str());
        }
        if checklist.version.trim().is_empty() {
            self.add(Place::Checklist, Part::Version, Code::Blank, "");
        }
        self.text(&Place::Checklist, Part::Version, &checklist.version, 40);
        self.bilingual(&Place::Checklist, (Part::Title, Part::Title), &checklist.title, false);
        if checklist.items.is_empty() {
            self.add(Place::Checklist, Part::Items, Code::NoItems, "");
        }
    }

    pub(super) fn name(&mut self, at: usize, entry: &Entry<'_>) {
        let name = entry.item.name();
        let folded = name.to_ascii_lowercase();
        let map = self.map;
        let mut earlier = map.entries.iter().take(at).map(|before| before.item);
        if !is_name(name) {
            self.at(at, Part::Name, Code::BadName, name);
        } else if earlier.clone().any(|before| before.name().eq_ignore_ascii_case(name)) {
            self.at(at, Part::Name, Code::NameTwice, name);
        } else if RESERVED.contains(&folded.as_str())
            || folded.starts_with("xml")
            || earlier.any(|before| helpers(before).iter().any(|helper| helper.eq_ignore_ascii_case(name)))
        {
            self.at(at, Part::Name, Code::NameReserved, name);
        }
        // a helper may not take the name of an item before it either
        for helper in helpers(entry.item) {
            let taken =
                map.entries.iter().take(at).any(|before| before.item.name().eq_ignore_ascii_case(&helper));
            if taken || helper.len() > crate::expr::LONGEST_NAME {
                self.at(at, Part::Name, Code::NameReserved, helper);
            }
        }
        if entry.path.len() > DEPTH {
            self.at(at, Part::Name, Code::TooDeep, DEPTH.to_string());
        }
        if matches!(entry.item, Item::Section(_) | Item::Repeat(_)) && entry.item.items().is_empty() {
            self.at(at, Part::Items, Code::NoItems, name);
        }
    }

    pub(super) fn words(&mut self, at: usize, item: &Item) {
        let place = Place::Item { number: at + 1, name: item.name().chars().take(64).collect() };
        let optional = match item {
            Item::Question(question) => matches!(question.kind, Kind::Calculate { .. }),
            Item::Section(_) => true,
            Item::Repeat(_) | Item::Note(_) => false,
        };
        self.bilingual(&place, (Part::LabelZh, Part::LabelEn), item.label(), optional);
        let appearance = match item {
            Item::Question(question) => {
                self.bilingual(&place, (Part::Hint, Part::Hint), &question.hint, true);
                let part = Part::RequiredMessage;
                self.bilingual(&place, (part, part), &question.required_message, true);
                let part = Part::ConstraintMessage;
                self.bilingual(&place, (part, part), &question.constraint_message, true);
                self.text(&place, Part::Finding, &question.finding.kind, SHORT);
                self.text(&place, Part::Severity, &question.finding.severity, SHORT);
                &question.appearance
            }
            Item::Note(note) => {
                self.bilingual(&place, (Part::Hint, Part::Hint), &note.hint, true);
                &note.appearance
            }
            Item::Section(section) => &section.appearance,
            Item::Repeat(repeat) => &repeat.appearance,
        };
        self.text(&place, Part::Appearance, appearance, 100);
        if let Some(observes) = item.observes() {
            self.text(&place, Part::Standard, &observes.standard, SHORT);
            if observes.standard.trim().is_empty() {
                self.add(place, Part::Standard, Code::Blank, "");
            }
        }
    }
}
