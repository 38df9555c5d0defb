//! What the plain form sends, turned into answers: nothing that was typed is lost, also where it is no answer.

use crate::walk::{repeat, row_of, rows};
use checklist::{AnswerCode, Answers, Checklist, Given, Item, Kind, Question};
use kernel::time::Date;
use web::Form;

/// Most rows that a form makes by itself, and shows.
pub(crate) const ROWS: usize = 60;

/// Fields are named after their paths, with this before.
pub(crate) const FIELD: &str = "q:";

/// The answers as they are typed now, on top of what was kept before: only what the form showed is taken from it. Names of new
/// files come in `files`: path and name.
pub(crate) fn read(list: &Checklist, before: &Answers, form: &Form, files: &[(String, String)]) -> Answers {
    let mut answers = before.clone();
    let shown: Vec<&str> = form.all("shown").collect();
    take(list, &list.items, &mut answers, "", &(form, &shown, files));
    answers
}

type Sent<'a> = (&'a Form, &'a [&'a str], &'a [(String, String)]);

fn take(list: &Checklist, items: &[Item], answers: &mut Answers, before: &str, sent: &Sent<'_>) {
    for item in items {
        match item {
            Item::Section(section) => take(list, &section.items, answers, before, sent),
            Item::Repeat(repeat) => {
                let Some(rows) = answers.rows.get_mut(&repeat.name) else { continue };
                for (n, row) in rows.iter_mut().enumerate() {
                    take(list, &repeat.items, row, &format!("{before}{}[{}]/", repeat.name, n + 1), sent);
                }
            }
            Item::Question(question) => {
                let path = format!("{before}{}", question.name);
                if sent.1.contains(&path.as_str()) {
                    one(list, question, answers, &path, sent);
                }
            }
            Item::Note(_) => {}
        }
    }
}

fn one(
    list: &Checklist,
    question: &Question,
    answers: &mut Answers,
    path: &str,
    (form, _, files): &Sent<'_>,
) {
    let field = format!("{FIELD}{path}");
    let new: Vec<String> = files.iter().filter(|(at, _)| at == path).map(|(_, name)| name.clone()).collect();
    let given = match question.kind {
        Kind::Calculate { .. } => return,
        Kind::Photo { .. } => {
            let dropped: Vec<&str> = form.all("drop").collect();
            let mut names = match answers.given.remove(&question.name) {
                Some(Given::List(names)) => names,
                _ => Vec::new(),
            };
            names.retain(|name| !dropped.contains(&name.as_str()));
            names.extend(new);
            Given::List(names)
        }
        Kind::Audio => match new.into_iter().next_back() {
            Some(name) => Given::Text(name),
            None => match answers.given.remove(&question.name) {
                Some(Given::Text(name)) if !form.all("drop").any(|dropped| dropped == name) => {
                    Given::Text(name)
                }
                _ => return,
            },
        },
        Kind::ManyOf { .. } => Given::List(form.all(&field).map(str::to_owned).collect()),
        _ => {
            let text = form.text(&field);
            // what is no such answer is kept as it was typed, and told as a fault when it is handed in
            list.answer(&question.kind, text).unwrap_or_else(|_| Given::Text(text.to_owned()))
        }
    };
    if given.is_blank() {
        answers.given.remove(&question.name);
    } else {
        answers.given.insert(question.name.clone(), given);
    }
}

/// Adds a row at a repeat's path, or takes the one at a row's path away.
pub(crate) fn change_rows(list: &Checklist, answers: &mut Answers, add: Option<&str>, remove: Option<&str>) {
    if let Some(path) = add {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(of) = repeat(&list.items, name).filter(|of| of.count.is_none()) else { return };
        let row = list.begin(&of.items);
        if let Some(rows) = rows(answers, path)
            && rows.len() < ROWS
        {
            rows.push(row);
        }
    }
    if let Some(path) = remove {
        let (before, last) = path.rsplit_once('/').map_or(("", path), |(before, last)| (before, last));
        let Some((name, at)) = row_of(last) else { return };
        let whole = if before.is_empty() { name.to_owned() } else { format!("{before}/{name}") };
        if let Some(rows) = rows(answers, &whole)
            && at < rows.len()
        {
            rows.remove(at);
        }
    }
}

/// Gives repeats whose number of rows is worked out as many as they want; rows too many are taken away where nothing stands in
/// them.
pub(crate) fn fit_rows(list: &Checklist, answers: &mut Answers, today: Date) {
    // rows of rows want a turn each; no checklist is nested deeper
    for _ in 0..8 {
        let faults = list.check(answers, today);
        let mut changed = false;
        for fault in faults.iter().filter(|f| f.code == AnswerCode::Rows) {
            let wanted = fault.what.split('/').nth(1).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
            let name = fault.path.rsplit('/').next().unwrap_or_default();
            let Some(of) = repeat(&list.items, name) else { continue };
            let begun = list.begin(&of.items);
            let Some(rows) = rows(answers, &fault.path) else { continue };
            while rows.len() < wanted.min(ROWS) {
                rows.push(begun.clone());
                changed = true;
            }
            while rows.len() > wanted && rows.last().is_some_and(|row| *row == begun || is_blank(row)) {
                rows.pop();
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

fn is_blank(answers: &Answers) -> bool {
    answers.given.is_empty() && answers.rows.values().flatten().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use checklist::samples;
    use kernel::time::parse_date;

    fn today() -> Date {
        parse_date("2026-03-09").unwrap()
    }

    #[test]
    fn rows_follow_the_number_that_is_typed() {
        let bus = samples::bus();
        let mut answers = bus.begin(&bus.items);
        fit_rows(&bus, &mut answers, today());
        assert_eq!(answers.rows["lines"].len(), 3);
        assert!(answers.rows["lines"].iter().all(|line| line.rows["stops"].len() == 5));
        let form = Form::from_pairs(&[("shown", "lines_wanted"), ("q:lines_wanted", "2")]);
        let mut answers = read(&bus, &answers, &form, &[]);
        fit_rows(&bus, &mut answers, today());
        assert_eq!(answers.rows["lines"].len(), 2);
        // what is written is not taken away
        let form = Form::from_pairs(&[("shown", "lines[2]/line"), ("q:lines[2]/line", "12路")]);
        let mut answers = read(&bus, &answers, &form, &[]);
        let form = Form::from_pairs(&[("shown", "lines_wanted"), ("q:lines_wanted", "1")]);
        answers = read(&bus, &answers, &form, &[]);
        fit_rows(&bus, &mut answers, today());
        assert_eq!(answers.rows["lines"].len(), 2);
    }

    #[test]
    fn what_is_no_answer_is_kept_as_it_was_typed() {
        let bus = samples::bus();
        let form = Form::from_pairs(&[("shown", "lines_wanted"), ("q:lines_wanted", "drei")]);
        let answers = read(&bus, &bus.begin(&bus.items), &form, &[]);
        assert_eq!(answers.given["lines_wanted"], Given::Text("drei".to_owned()));
        let told = bus.check(&answers, today());
        assert!(told.iter().any(|f| f.path == "lines_wanted" && f.code == AnswerCode::WrongKind));
        // what the form did not show stays
        let same = read(&bus, &answers, &Form::from_pairs(&[("q:lines_wanted", "2")]), &[]);
        assert_eq!(same, answers);
    }
}
