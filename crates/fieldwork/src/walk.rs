//! Going through answers beside their checklist: paths such as `lines[2]/stops[5]/clean`, names of files, what was not met.

use checklist::{Answers, Checklist, Given, Item, Kind, Question, Repeat, Rule};

/// A question's answer, wherever it stands.
pub(crate) struct At<'a> {
    pub(crate) path: String,
    pub(crate) question: &'a Question,
    pub(crate) given: Option<&'a Given>,
}

/// All questions with their answers, in the order of the checklist, those of each row of a repeat.
pub(crate) fn each<'a>(list: &'a Checklist, answers: &'a Answers, tell: &mut dyn FnMut(At<'a>)) {
    items(&list.items, answers, "", tell);
}

fn items<'a>(of: &'a [Item], answers: &'a Answers, before: &str, tell: &mut dyn FnMut(At<'a>)) {
    for item in of {
        match item {
            Item::Question(question) => {
                let path = format!("{before}{}", question.name);
                tell(At { path, question, given: answers.given.get(&question.name) });
            }
            Item::Section(section) => items(&section.items, answers, before, tell),
            Item::Repeat(repeat) => {
                let rows = answers.rows.get(&repeat.name).map(Vec::as_slice).unwrap_or_default();
                for (n, row) in rows.iter().enumerate() {
                    items(&repeat.items, row, &format!("{before}{}[{}]/", repeat.name, n + 1), tell);
                }
            }
            Item::Note(_) => {}
        }
    }
}

/// Files that answers name, with where.
pub(crate) fn files(list: &Checklist, answers: &Answers) -> Vec<(String, String, bool)> {
    let mut found = Vec::new();
    each(list, answers, &mut |at| match (&at.question.kind, at.given) {
        (Kind::Photo { .. }, Some(Given::List(names))) => {
            found.extend(names.iter().map(|name| (at.path.clone(), name.clone(), false)));
        }
        (Kind::Audio, Some(Given::Text(name))) if !name.is_empty() => {
            found.push((at.path.clone(), name.clone(), true));
        }
        _ => {}
    });
    found
}

/// Answers whose question says what case they become: what is not met, the grade that is worth nothing, and pictures, sounds and words
/// that are only asked for where something is wrong.
pub(crate) fn unmet<'a>(list: &'a Checklist, answers: &'a Answers) -> Vec<(String, &'a Question)> {
    let mut found = Vec::new();
    each(list, answers, &mut |at| {
        let wrong = match (&at.question.kind, at.given) {
            (Kind::Conforms { .. }, Some(given)) => *given == Given::Text("unmet".to_owned()),
            (Kind::Grade { .. }, Some(Given::Text(grade))) => worth_nothing(at.question, grade),
            (Kind::Photo { .. } | Kind::Audio | Kind::Text, Some(given)) => !given.is_blank(),
            _ => false,
        };
        if wrong && !at.question.finding.kind.is_empty() {
            found.push((at.path, at.question));
        }
    });
    found
}

fn worth_nothing(question: &Question, grade: &str) -> bool {
    match question.observes.as_ref().map(|o| &o.rule) {
        Some(Rule::Graded { worth }) => worth.get(grade).is_some_and(scoring::Exact::is_zero),
        _ => false,
    }
}

/// Pictures beside an answer: those of its own row, first of the question that follows it most closely.
pub(crate) fn pictures_beside(list: &Checklist, answers: &Answers, path: &str) -> Vec<String> {
    let before = path.rsplit_once('/').map_or("", |(before, _)| before);
    let (mut passed, mut after, mut all) = (false, Vec::new(), Vec::new());
    each(list, answers, &mut |at| {
        let here = at.path.rsplit_once('/').map_or("", |(before, _)| before) == before;
        passed |= at.path == path;
        if here && let (Kind::Photo { .. }, Some(Given::List(names))) = (&at.question.kind, at.given) {
            all.extend(names.iter().cloned());
            if passed && after.is_empty() {
                after.extend(names.iter().cloned());
            }
        }
    });
    if after.is_empty() { all } else { after }
}

/// The repeat with this name, wherever it stands.
pub(crate) fn repeat<'a>(of: &'a [Item], name: &str) -> Option<&'a Repeat> {
    of.iter().find_map(|item| match item {
        Item::Repeat(found) if found.name == name => Some(found),
        other => repeat(other.items(), name),
    })
}

/// The rows at a path that ends with a repeat's name: `lines[2]/stops`.
pub(crate) fn rows<'a>(answers: &'a mut Answers, path: &str) -> Option<&'a mut Vec<Answers>> {
    match path.split_once('/') {
        None => Some(answers.rows.entry(path.to_owned()).or_default()),
        Some((first, rest)) => {
            let (name, number) = row_of(first)?;
            rows(answers.rows.get_mut(name)?.get_mut(number)?, rest)
        }
    }
}

/// `stops[5]` as a name and a place counted from 0.
pub(crate) fn row_of(part: &str) -> Option<(&str, usize)> {
    let (name, number) = part.strip_suffix(']')?.split_once('[')?;
    Some((name, number.parse::<usize>().ok()?.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use checklist::samples;

    #[test]
    fn rows_are_found_by_their_path() {
        let mut answers = Answers::default();
        rows(&mut answers, "lines").unwrap().push(Answers::default());
        rows(&mut answers, "lines[1]/stops").unwrap().push(Answers::default());
        assert!(rows(&mut answers, "lines[2]/stops").is_none());
        assert_eq!(answers.rows["lines"][0].rows["stops"].len(), 1);
        assert_eq!(row_of("stops[5]"), Some(("stops", 4)));
        assert_eq!([row_of("stops"), row_of("stops[0]"), row_of("stops[x]")], [None, None, None]);
    }

    #[test]
    fn files_stand_where_their_answers_are() {
        let bus = samples::bus();
        let row = serde_json::json!({"rows": {"lines": [{"rows": {"stops": [{"given": {"ads_photo": ["a.jpg"]}}]}}]}});
        let answers: Answers = serde_json::from_value(row).unwrap();
        assert_eq!(
            files(&bus, &answers),
            [("lines[1]/stops[1]/ads_photo".to_owned(), "a.jpg".to_owned(), false)]
        );
        assert!(repeat(&bus.items, "stops").is_some() && repeat(&bus.items, "moon").is_none());
    }
}
