//! A checklist laid out flat for a page: as a form with its answers, as a form to look at, or as what was answered.

use crate::walk::row_of;
use checklist::{AnswerFault, Answers, Checklist, Given, Item, Kind, Question, Settled, Text, words};
use kernel::ctx::Locale;
use std::collections::{HashMap, HashSet};

/// One thing below another on the page.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// A section or repeat begins.
    Head {
        title: String,
        deep: usize,
        id: String,
    },
    Note {
        text: String,
        hint: String,
    },
    /// A row of a repeat begins; where it may be taken away, its path.
    Row {
        title: String,
        remove: String,
        id: String,
    },
    RowEnd,
    /// Where a row can be added: the repeat's path.
    Add {
        path: String,
        title: String,
    },
    Ask(Box<Field>),
}

kernel::named! {
    /// How a question is answered on the page.
    pub(crate) enum Input {
        One = "one",
        Many = "many",
        Whole = "whole",
        Number = "number",
        Text = "text",
        Date = "date",
        Time = "time",
        /// A place, a line, an area: typed as numbers where there is no script.
        Places = "places",
        Photo = "photo",
        Audio = "audio",
        /// Worked out.
        Shown = "shown",
    }
}

impl Input {
    /// The kind of `<input>`.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Whole | Self::Number => "number",
            Self::Date => "date",
            Self::Time => "time",
            _ => "text",
        }
    }
}

/// A choice that a question offers.
#[derive(Clone, Debug)]
pub(crate) struct Option_ {
    pub(crate) value: String,
    pub(crate) text: String,
    pub(crate) chosen: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) path: String,
    /// The path as an id of HTML.
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) input: Input,
    pub(crate) required: bool,
    pub(crate) options: Vec<Option_>,
    /// What was typed.
    pub(crate) value: String,
    /// Names of files.
    pub(crate) files: Vec<String>,
    pub(crate) most: u32,
    pub(crate) error: String,
    pub(crate) standard: String,
}

impl Field {
    /// Where hint and error are, for whoever does not see them.
    pub(crate) fn described(&self) -> String {
        let ids = [(!self.hint.is_empty(), "hint"), (!self.error.is_empty(), "error")];
        let ids: Vec<String> =
            ids.iter().filter(|(there, _)| *there).map(|(_, of)| format!("f-{}-{of}", self.id)).collect();
        ids.join(" ")
    }

    /// What was answered, for reading.
    pub(crate) fn answer(&self) -> String {
        let chosen: Vec<&str> = self.options.iter().filter(|o| o.chosen).map(|o| o.text.as_str()).collect();
        match self.input {
            Input::One | Input::Many => chosen.join("、"),
            Input::Photo | Input::Audio => self.files.join("、"),
            _ => self.value.clone(),
        }
    }
}

/// What is laid out, and in whose language.
pub(crate) struct Layout<'a> {
    list: &'a Checklist,
    locale: Locale,
    hidden: HashSet<&'a str>,
    faults: HashMap<&'a str, Vec<&'a AnswerFault>>,
    nodes: Vec<Node>,
}

pub(crate) fn said(locale: Locale, text: &Text) -> String {
    let (first, second) = if locale == Locale::En { (&text.en, &text.zh) } else { (&text.zh, &text.en) };
    if first.is_empty() { second.clone() } else { first.clone() }
}

/// An id of HTML for a path.
pub(crate) fn id_of(path: &str) -> String {
    path.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).collect()
}

/// The checklist with these answers; what is not relevant is left out.
pub(crate) fn lay_out(
    list: &Checklist,
    answers: &Answers,
    settled: &Settled,
    tell_faults: bool,
    locale: Locale,
) -> Vec<Node> {
    let mut faults: HashMap<&str, Vec<&AnswerFault>> = HashMap::new();
    for fault in settled.faults.iter().filter(|_| tell_faults) {
        faults.entry(fault.path.as_str()).or_default().push(fault);
    }
    let hidden = settled.hidden.iter().map(String::as_str).collect();
    let mut layout = Layout { list, locale, hidden, faults, nodes: Vec::new() };
    layout.items(&list.items, answers, "", 0);
    layout.nodes
}

/// All of it, also what an answer would have to bring about: for the page that shows a version.
pub(crate) fn lay_out_whole(list: &Checklist, locale: Locale) -> Vec<Node> {
    let mut answers = list.begin(&list.items);
    one_row_each(list, &list.items, &mut answers);
    let faults = HashMap::new();
    let mut layout = Layout { list, locale, hidden: HashSet::new(), faults, nodes: Vec::new() };
    layout.items(&list.items, &answers, "", 0);
    layout.nodes
}

fn one_row_each(list: &Checklist, items: &[Item], answers: &mut Answers) {
    for item in items {
        match item {
            Item::Section(section) => one_row_each(list, &section.items, answers),
            Item::Repeat(repeat) => {
                let mut row = list.begin(&repeat.items);
                one_row_each(list, &repeat.items, &mut row);
                answers.rows.insert(repeat.name.clone(), vec![row]);
            }
            Item::Question(_) | Item::Note(_) => {}
        }
    }
}

impl Layout<'_> {
    fn items(&mut self, items: &[Item], answers: &Answers, before: &str, deep: usize) {
        for item in items {
            let path = format!("{before}{}", item.name());
            if self.hidden.contains(path.as_str()) {
                continue;
            }
            let title = said(self.locale, item.label());
            match item {
                Item::Note(note) => {
                    self.nodes.push(Node::Note { text: title, hint: said(self.locale, &note.hint) });
                }
                Item::Section(section) => {
                    self.nodes.push(Node::Head { title, deep, id: id_of(&path) });
                    self.items(&section.items, answers, before, deep + 1);
                }
                Item::Repeat(repeat) => {
                    self.nodes.push(Node::Head { title: title.clone(), deep, id: id_of(&path) });
                    let rows = answers.rows.get(&repeat.name).map(Vec::as_slice).unwrap_or_default();
                    let free = repeat.count.is_none();
                    for (n, row) in rows.iter().enumerate() {
                        let at = format!("{path}[{}]", n + 1);
                        let remove = if free { at.clone() } else { String::new() };
                        self.nodes.push(Node::Row {
                            title: format!("{title} {}", n + 1),
                            id: id_of(&at),
                            remove,
                        });
                        self.items(&repeat.items, row, &format!("{at}/"), deep + 1);
                        self.nodes.push(Node::RowEnd);
                    }
                    if free {
                        self.nodes.push(Node::Add { path, title });
                    }
                }
                Item::Question(question) => {
                    if let Some(field) = self.field(question, answers, path) {
                        self.nodes.push(Node::Ask(Box::new(field)));
                    }
                }
            }
        }
    }

    fn field(&self, question: &Question, answers: &Answers, path: String) -> Option<Field> {
        let given = answers.given.get(&question.name);
        let label = said(self.locale, &question.label);
        let (input, most) = match question.kind {
            Kind::Conforms { .. } | Kind::Grade { .. } | Kind::OneOf { .. } => (Input::One, 0),
            Kind::ManyOf { .. } => (Input::Many, 0),
            Kind::Count => (Input::Whole, 0),
            Kind::Number => (Input::Number, 0),
            Kind::Text => (Input::Text, 0),
            Kind::Date => (Input::Date, 0),
            Kind::Time => (Input::Time, 0),
            Kind::Place | Kind::Line | Kind::Area => (Input::Places, 0),
            Kind::Photo { most } => (Input::Photo, most),
            Kind::Audio => (Input::Audio, 1),
            // what has no words is worked out for other questions only
            Kind::Calculate { .. } if label.is_empty() => return None,
            Kind::Calculate { .. } => (Input::Shown, 0),
        };
        let chosen = |name: &str| match given {
            Some(Given::Text(text)) => text == name,
            Some(Given::List(all)) => all.iter().any(|one| one == name),
            _ => false,
        };
        let choices = self.list.choices(&question.kind).unwrap_or_default();
        let options = choices.into_iter().map(|c| Option_ {
            chosen: chosen(&c.name),
            text: said(self.locale, &c.label),
            value: c.name,
        });
        let files = match (&question.kind, given) {
            (Kind::Photo { .. }, Some(Given::List(files))) => files.clone(),
            (Kind::Audio, Some(Given::Text(file))) if !file.is_empty() => vec![file.clone()],
            _ => Vec::new(),
        };
        let error = self.faults.get(path.as_str()).map(|all| {
            let own = |f: &&AnswerFault| {
                if f.message.is_blank() {
                    said(self.locale, &words::sentence(f.code.code(), &f.what, None))
                } else {
                    said(self.locale, &f.message)
                }
            };
            all.iter().map(own).collect::<Vec<_>>().join(" ")
        });
        Some(Field {
            id: id_of(&path),
            label,
            hint: said(self.locale, &question.hint),
            input,
            required: !question.required.is_never(),
            options: options.collect(),
            value: given.map(|g| typed(&question.kind, g)).unwrap_or_default(),
            files,
            most,
            error: error.unwrap_or_default(),
            standard: question.observes.as_ref().map(|o| o.standard.clone()).unwrap_or_default(),
            path,
        })
    }
}

/// An answer as a person types it; what is no such answer as it was typed.
fn typed(kind: &Kind, given: &Given) -> String {
    match given {
        Given::Text(text) => text.clone(),
        Given::List(all) => all.join(" "),
        other => other.written(kind),
    }
}

/// `lines[2]/stops[5]/clean` in words: the labels on the way, with the numbers of rows.
pub(crate) fn spoken(list: &Checklist, path: &str, locale: Locale) -> String {
    fn find<'a>(items: &'a [Item], name: &str) -> Option<&'a Item> {
        items.iter().find_map(|item| if item.name() == name { Some(item) } else { find(item.items(), name) })
    }
    let part = |part: &str| {
        let (name, row) = row_of(part).map_or((part, None), |(name, row)| (name, Some(row + 1)));
        let label = find(&list.items, name).map(|item| said(locale, item.label())).unwrap_or_default();
        let label = if label.is_empty() { name.to_owned() } else { label };
        row.map_or(label.clone(), |row| format!("{label} {row}"))
    };
    path.split('/').map(part).collect::<Vec<_>>().join(" › ")
}
