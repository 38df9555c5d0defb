//! A questionnaire as a table, out and in: one row a question, two columns an option. What goes out comes in again as the same questions.

use crate::checks::{Doubt, Finding};
use crate::question::{
    self, Choice, MOST_OPTIONS, MOST_QUESTIONS, Question, QuestionKind, read_kind, read_when, share,
    share_text, write_when,
};
use kernel::problem::{FieldError, Problem, Result};
use sheets::{Cell, Column, Heading, Kind, Options, Remark, Report, Row, Source};

const NUMBER: Heading = Heading::new("序号", &["no", "number", "题号"]);
const TEXT: Heading = Heading::new("问题", &["question", "题目"]);
const KIND: Heading = Heading::new("题型", &["kind", "type"]);
const LEAST: Heading = Heading::new("最小值", &["least", "min"]);
const MOST: Heading = Heading::new("最大值", &["most", "max"]);
const STANDARD: Heading = Heading::new("测评标准", &["standard"]);
const WHEN: Heading = Heading::new("显示条件", &["when", "condition"]);
const FIXED: [&Heading; 7] = [&NUMBER, &TEXT, &KIND, &LEAST, &MOST, &STANDARD, &WHEN];

/// Heads of an option's two columns: `选项1`, `计分1`.
const OPTION: [&str; 2] = ["选项", "option"];
const COUNTS: [&str; 2] = ["计分", "counts"];

/// Heads of the table for questions with at most so many options.
pub fn columns(questions: &[Question]) -> Vec<Column> {
    let most = questions.iter().map(|q| q.options.len()).max().unwrap_or(0).max(3);
    let fixed = FIXED.iter().map(|h| Column::new(h.name, Kind::Text));
    let options = (1..=most).flat_map(|n| {
        [
            Column::new(format!("{}{n}", OPTION[0]), Kind::Text),
            Column::new(format!("{}{n}", COUNTS[0]), Kind::Text),
        ]
    });
    fixed.chain(options).collect()
}

/// A question's row; `kind` is its word in the reader's language.
pub fn cells(at: usize, questions: &[Question], kind: String) -> Vec<Cell<'_>> {
    let Some(question) = questions.get(at) else { return Vec::new() };
    let number = |n: Option<i64>| n.map_or(Cell::Empty, |n| Cell::from(n.to_string()));
    let mut cells = vec![
        Cell::from((at + 1).to_string()),
        Cell::from(question.text.as_str()),
        Cell::from(kind),
        number(question.least),
        number(question.most),
        Cell::from(question.standard.as_str()),
        Cell::from(write_when(question.when.as_ref(), questions)),
    ];
    let most = questions.iter().map(|q| q.options.len()).max().unwrap_or(0).max(3);
    for n in 0..most {
        let option = question.options.get(n);
        cells.push(option.map_or(Cell::Empty, |o| Cell::from(o.text.as_str())));
        cells.push(option.map_or(Cell::Empty, |o| Cell::from(share_text(o.counts))));
    }
    cells
}

/// Questions of a table, with what is wrong with the rows that cannot be taken.
///
/// # Errors
/// `import_file`: `missing-columns`, `not-a-table`, `too-many`.
pub fn read(bytes: Vec<u8>) -> Result<(Vec<Question>, Vec<Finding>, Report)> {
    let mut source = Source::from_bytes(bytes, &Options::default()).map_err(web::import::no_table)?;
    if !TEXT.is_in(source.header()) {
        let found = source.header().names().join("、");
        let fault = FieldError::new("import_file", "missing-columns").arg("missing", TEXT.name);
        return Err(Problem::invalid(vec![fault.arg("found", found)]));
    }
    let (mut questions, mut findings, mut report) = (Vec::new(), Vec::new(), Report::default());
    let mut rows: Vec<u64> = Vec::new();
    for row in source.rows().map_err(web::import::no_table)? {
        let row = row.map_err(web::import::no_table)?;
        if questions.len() >= MOST_QUESTIONS {
            return Err(Problem::field("import_file", "too-many"));
        }
        match line(&row, &questions) {
            Ok((question, gap)) => {
                report.accept([]);
                let number = NUMBER.of(&row);
                let at = questions.len();
                if !number.is_empty() && number.parse::<usize>() != Ok(at + 1) {
                    findings.push(Finding { at, doubt: Doubt::Number, word: number.to_owned() });
                }
                if gap {
                    findings.push(Finding { at, doubt: Doubt::Missing, word: String::new() });
                }
                rows.push(row.number());
                questions.push(question);
            }
            Err(remarks) => report.refuse(row.number(), remarks),
        }
    }
    findings.extend(crate::checks::check(&questions));
    findings.sort_by_key(|f| f.at);
    findings.dedup();
    let note = |f: &Finding| {
        let code = format!("survey-doubt-{}", kernel::workflow::Named::code(f.doubt));
        Remark::new(rows.get(f.at).copied().unwrap_or(0), "question_text", code)
    };
    report.note(findings.iter().map(note).collect::<Vec<_>>());
    Ok((questions, findings, report))
}

/// A row's question, and whether a blank stands between its options.
fn line(row: &Row, before: &[Question]) -> std::result::Result<(Question, bool), Vec<Remark>> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, code: &str| faults.push(Remark::new(row.number(), field, code));
    let number = |text: &str| if text.is_empty() { Ok(None) } else { text.parse::<i64>().map(Some) };
    let bounds = [("question_least", number(LEAST.of(row))), ("question_most", number(MOST.of(row)))];
    for (field, bound) in &bounds {
        if bound.is_err() {
            fault(field, "not-a-number");
        }
    }
    let [(_, least), (_, most)] = bounds;
    let (mut options, mut gap, mut blank): (Vec<Choice>, bool, bool) = (Vec::new(), false, false);
    for n in 1..=MOST_OPTIONS {
        let cell = |heads: [&str; 2]| {
            heads
                .iter()
                .find_map(|h| row.get(&format!("{h}{n}")))
                .map(str::trim)
                .unwrap_or_default()
                .to_owned()
        };
        let (text, counts) = (cell(OPTION), cell(COUNTS));
        if text.is_empty() {
            blank = true;
            continue;
        }
        gap |= blank;
        match share(&counts) {
            Some(counts) => options.push(Choice { text, counts }),
            None => fault("question_options", "survey-no-share"),
        }
    }
    let kind = match KIND.of(row) {
        "" if options.is_empty() => Some(QuestionKind::Text),
        word => read_kind(word),
    };
    if kind.is_none() {
        fault("question_kind", "not-a-choice");
    }
    let when = match read_when(WHEN.of(row), before) {
        Ok(when) => when,
        Err(error) => {
            fault("question_when", error.code);
            None
        }
    };
    let question = Question {
        key: question::next_key(before),
        kind: kind.unwrap_or(QuestionKind::Single),
        text: TEXT.of(row).to_owned(),
        options,
        least: least.unwrap_or_default(),
        most: most.unwrap_or_default(),
        standard: STANDARD.of(row).to_owned(),
        when,
    };
    if faults.is_empty()
        && let Err(problem) = question.check()
    {
        faults.extend(problem.fields.iter().map(|f| Remark::new(row.number(), f.field.clone(), f.code)));
    }
    if faults.is_empty() { Ok((question, gap)) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "序号,问题,题型,最小值,最大值,测评标准,显示条件,选项1,计分1,选项2,计分2,选项3,计分3
1,您对门前的路面保洁满意吗？,量表,,,Ⅲ-1-1),,满意,100,基本满意,60,不满意,0
2,哪里最该改进？,多选,,,,1=3,路面,,绿化,,垃圾桶,
3,您在本市住了几年？,数字,0,100,,,,,,,,
4,还有什么想说的,简答,,,,,,,,,,
";

    #[test]
    fn what_goes_out_comes_in_again() {
        let (questions, findings, report) = read(FILE.as_bytes().to_vec()).unwrap();
        assert_eq!((questions.len(), report.refused.len()), (4, 0), "{:?}", report.refused);
        assert_eq!(findings, []);
        question::check_all(&questions).unwrap();
        for kind in [sheets::FileKind::Csv, sheets::FileKind::Xlsx] {
            let rows = (0..4)
                .map(|at| cells(at, &questions, kernel::workflow::Named::code(questions[at].kind).into()));
            let mut bytes = Vec::new();
            sheets::write(kind, &mut bytes, "x", &columns(&questions), rows).unwrap();
            assert_eq!(read(bytes).unwrap().0, questions);
        }
    }

    #[test]
    fn faults_are_told_by_row_and_doubts_are_only_told() {
        let file = "序号,问题,选项1,选项2,选项3\n1,效果如何？,浓厚,一般,不浓厚\n3,您满意吗？,满意,,不满意\n4,,好,差,\n5,您满意吗？,满意,,\n";
        let (questions, findings, report) = read(file.as_bytes().to_vec()).unwrap();
        assert_eq!(questions.len(), 2);
        assert_eq!((report.read, report.accepted, report.refused_rows()), (4, 2, 2));
        let doubts: Vec<(usize, Doubt)> = findings.iter().map(|f| (f.at, f.doubt)).collect();
        assert_eq!(doubts, [(0, Doubt::Unfitting), (1, Doubt::Number), (1, Doubt::Missing)]);
        assert_eq!(report.noted.len(), 3);
        assert!(read(b"a,b\n1,2\n".to_vec()).is_err());
    }
}
