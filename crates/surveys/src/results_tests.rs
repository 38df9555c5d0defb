//! Results of made-up surveys, and what somebody with all published numbers can work out of them.

use super::*;
use crate::model::{AnswerSheet, Category, Mode, Plan, Segment, Survey, Trait};
use crate::question::{Choice, Sheet, When};
use crate::workflow::State;
use ::store::value::Json;
use kernel::id::Id;
use kernel::time::Instant;
use proptest::prelude::*;

fn question(key: &str, when: Option<When>) -> Question {
    let choice = |text: &str, counts| Choice { text: text.into(), counts: Some(counts) };
    Question {
        key: key.into(),
        kind: QuestionKind::Scale,
        text: "您满意吗？".into(),
        options: vec![choice("满意", 10_000), choice("基本满意", 6_000), choice("不满意", 0)],
        least: None,
        most: None,
        standard: "Ⅲ-1-1)".into(),
        when,
    }
}

fn survey(questions: Vec<Question>, people: [Option<i64>; 2]) -> Survey {
    let category = |name: &str, people| Category { name: name.into(), people };
    Survey {
        id: Id::new(1),
        number: "SV-0001".into(),
        name: String::new(),
        audience: String::new(),
        lead: String::new(),
        scheme_number: String::new(),
        questions: Json(questions),
        traits: Json(vec![Trait {
            name: "性别".into(),
            categories: vec![category("男", people[0]), category("女", people[1])],
        }]),
        traits_source: String::new(),
        quotas: Json(BTreeMap::new()),
        plan: Json(Plan::default()),
        seed: String::new(),
        closes: None,
        codes: false,
        state: State::Closed,
        edition: 1,
        before_id: None,
        made_by: String::new(),
        made_at: Instant(0),
        closed_at: None,
        version: 1,
    }
}

fn segment(n: i64) -> Segment {
    Segment {
        id: Id::new(n + 1),
        survey_id: Id::new(1),
        place: n + 1,
        name: String::new(),
        division: format!("d{}", n % 2),
        division_name: format!("街道{}", n % 2),
        households: 100,
        target: 20,
        token: n.to_string(),
        interviewer_id: None,
        interviewer: String::new(),
        version: 1,
    }
}

fn sheet(n: i64, segment: i64, traits: &str, answers: &[(&str, Given)]) -> AnswerSheet {
    let answers: Sheet = answers.iter().map(|(k, g)| ((*k).to_owned(), g.clone())).collect();
    AnswerSheet {
        id: Id::new(n),
        survey_id: Id::new(1),
        segment_id: Id::new(segment + 1),
        mode: Mode::Link,
        traits: traits.into(),
        answers: Json(answers),
    }
}

fn option(at: usize) -> Given {
    if at == 3 { Given::Unsure } else { Given::Options(vec![at]) }
}

#[test]
fn a_large_survey_tells_shares_means_and_groups() {
    let survey = survey(vec![question("q1", None)], [Some(500), Some(500)]);
    let segments: Vec<Segment> = (0..10).map(segment).collect();
    // men: 140, 30, 20, and 10 who are not sure; women: 40, 20, 30, 10
    let groups = [("0", [140, 30, 20, 10]), ("1", [40, 20, 30, 10])];
    let mut sheets: Vec<AnswerSheet> = Vec::new();
    for (sex, counts) in groups {
        for (at, many) in counts.into_iter().enumerate() {
            for _ in 0..many {
                let n = i64::try_from(sheets.len()).unwrap();
                sheets.push(sheet(n, n % 7, sex, &[("q1", option(at))]));
            }
        }
    }
    let of = results(&survey, &segments, &sheets);
    assert_eq!((of.answers, of.segments), (300, 7));
    assert!(matches!(&of.weights, weights::Told::Raked { traits, .. } if traits == &["性别"]));
    let q = &of.questions[0];
    assert!(q.whole);
    assert_eq!(q.lines.iter().map(|l| l.n).collect::<Vec<_>>(), [Some(180), Some(50), Some(50), Some(20)]);
    // half of the city are women: 0.7 / 2 + 0.4 / 2
    assert!((q.lines[0].share.unwrap() - 0.55).abs() < 1e-9);
    // of those with an opinion: men (140 + 18) / 190, women (40 + 12) / 90, each weighing a half times who has one
    let wanted = (158.0 / 200.0 + 52.0 / 100.0) / (190.0 / 200.0 + 90.0 / 100.0);
    let mean = q.mean.unwrap();
    assert!((mean.value - wanted).abs() < 1e-9 && mean.step.is_none());
    assert!(mean.low < mean.value && mean.value < mean.high);
    let sexes = q.tables.iter().find(|t| t.by == "性别").unwrap();
    assert_eq!(sexes.columns[0].names, ["男"]);
    assert_eq!(sexes.columns[0].cells, [Some(140), Some(30), Some(20), Some(10)]);
    assert!((sexes.columns[0].mean.unwrap().value - 158.0 / 190.0).abs() < 1e-9);
    assert_eq!(of.standards[0].mean, q.mean);
}

/// Weights of one trait are people ÷ answers, which anybody can divide: with them a weighted share would tell what the table hides.
#[test]
fn a_table_by_what_was_weighted_is_shown_whole_or_not() {
    let segments: Vec<Segment> = (0..4).map(segment).collect();
    let groups = [("0", [100, 60, 8, 40]), ("1", [80, 60, 40, 30])];
    let mut sheets: Vec<AnswerSheet> = Vec::new();
    for (sex, counts) in groups {
        for (at, many) in counts.into_iter().enumerate() {
            for _ in 0..many {
                let n = i64::try_from(sheets.len()).unwrap();
                sheets.push(sheet(n, n % 4, sex, &[("q1", option(at))]));
            }
        }
    }
    let tables = |people| {
        results(&survey(vec![question("q1", None)], people), &segments, &sheets).questions[0].tables.clone()
    };
    let plain = tables([None, None]);
    let by_sex = plain.iter().find(|t| t.by == "性别").unwrap();
    assert_eq!(by_sex.columns[0].cells[2], None);
    assert!(tables([Some(300), Some(900)]).iter().all(|t| t.by != "性别"));
}

#[test]
fn nobody_of_a_category_means_that_everybody_counts_alike() {
    let survey = survey(vec![question("q1", None)], [Some(500), Some(500)]);
    let segments: Vec<Segment> = (0..2).map(segment).collect();
    let sheets: Vec<AnswerSheet> = (0..40).map(|n| sheet(n, n % 2, "0", &[("q1", option(0))])).collect();
    let of = results(&survey, &segments, &sheets);
    assert_eq!(of.weights, weights::Told::Unmet(weights::Unmet::Nobody("女".into())));
    assert_eq!(of.questions[0].asked, Some(40));
}

#[test]
fn a_question_with_a_condition_is_told_only_if_the_one_before_is_whole() {
    let when = Some(When { question: "q1".into(), options: vec![2] });
    let survey = survey(vec![question("q1", None), question("q2", when)], [None, None]);
    let segments: Vec<Segment> = (0..4).map(segment).collect();
    let make = |unhappy: i64| -> Vec<AnswerSheet> {
        (0..200)
            .map(|n| {
                let mut answers = vec![("q1", option(if n < unhappy { 2 } else { usize::from(n % 2 == 0) }))];
                if n < unhappy {
                    answers.push(("q2", option(1)));
                }
                if n >= 180 {
                    answers[0].1 = Given::Unsure;
                }
                sheet(n, n % 4, "-", &answers)
            })
            .collect()
    };
    let told = results(&survey, &segments, &make(30));
    assert_eq!(told.questions[1].asked, Some(30));
    let few = results(&survey, &segments, &make(6));
    assert!(few.questions[0].lines[2].n.is_none() && !few.questions[0].whole);
    assert_eq!(few.questions[1].asked, None);
    assert!(few.questions[1].lines.iter().all(|l| l.n.is_none() && l.share.is_none()));
    assert_eq!(few.questions[1].mean, None);
    assert_eq!(few.standards[0].mean, None, "a standard of several questions that are not whole");
}

#[test]
fn nobody_and_few_tell_nothing() {
    let survey = survey(vec![question("q1", None)], [None, None]);
    let segments = [segment(0)];
    assert_eq!(results(&survey, &segments, &[]).questions[0].asked, None);
    let few: Vec<AnswerSheet> = (0..9).map(|n| sheet(n, 0, "0", &[("q1", option(0))])).collect();
    let of = results(&survey, &segments, &few);
    assert_eq!((of.questions[0].asked, of.questions[0].mean), (None, None));
    assert!(of.questions[0].lines.iter().all(|l| l.n.is_none()));
}

/// How far a hidden number can reach by all shown numbers of a table with known totals, worked out by trying every one of its values
/// and filling up the rest as a transport (rows and columns add up): an oracle that shares nothing with the program.
fn possible(cells: &[Vec<Option<u64>>], rows: &[u64], columns: &[u64], at: (usize, usize)) -> usize {
    let feasible = |fixed: u64| {
        let value = |r: usize, c: usize| if (r, c) == at { Some(fixed) } else { cells[r][c] };
        let mut need: Vec<i64> = rows.iter().map(|n| i64::try_from(*n).unwrap()).collect();
        let mut room: Vec<i64> = columns.iter().map(|n| i64::try_from(*n).unwrap()).collect();
        let mut open = vec![vec![false; columns.len()]; rows.len()];
        for (r, row) in open.iter_mut().enumerate() {
            for (c, cell) in row.iter_mut().enumerate() {
                match value(r, c) {
                    Some(n) => {
                        need[r] -= i64::try_from(n).unwrap();
                        room[c] -= i64::try_from(n).unwrap();
                    }
                    None => *cell = true,
                }
            }
        }
        if need.iter().chain(&room).any(|n| *n < 0) {
            return false;
        }
        // fill greedily, then move along chains until nothing moves: the most that fits
        let mut flow = vec![vec![0i64; columns.len()]; rows.len()];
        for start in 0..rows.len() {
            while need[start] > 0 {
                let mut came: Vec<Option<(usize, usize)>> = vec![None; columns.len()];
                let (mut seen, mut stack, mut end) = (vec![false; rows.len()], vec![start], None);
                seen[start] = true;
                while let Some(r) = stack.pop() {
                    for c in 0..columns.len() {
                        if !open[r][c] || came[c].is_some() {
                            continue;
                        }
                        came[c] = Some((r, c));
                        if room[c] > 0 {
                            end = Some(c);
                            break;
                        }
                        for back in 0..rows.len() {
                            if flow[back][c] > 0 && !seen[back] {
                                seen[back] = true;
                                stack.push(back);
                            }
                        }
                    }
                    if end.is_some() {
                        break;
                    }
                }
                let Some(mut c) = end else { return false };
                room[c] -= 1;
                need[start] -= 1;
                loop {
                    let (r, _) = came[c].unwrap();
                    flow[r][c] += 1;
                    if r == start {
                        break;
                    }
                    let from = (0..columns.len())
                        .find(|o| *o != c && flow[r][*o] > 0 && came[*o].is_some())
                        .unwrap();
                    flow[r][from] -= 1;
                    c = from;
                }
            }
        }
        need.iter().all(|n| *n == 0) && room.iter().all(|n| *n == 0)
    };
    let most = rows[at.0].min(columns[at.1]);
    (0..=most).filter(|n| feasible(*n)).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// All numbers that a page, a file or the API can show are those of one `Results`. No hidden one below ten has fewer than ten values
    /// that agree with all of them.
    #[test]
    fn no_small_number_can_be_worked_out(
        groups in proptest::collection::vec((0usize..4, 0usize..3, 0i64..4, 0u64..60), 4..40),
    ) {
        let survey = survey(vec![question("q1", None)], [None, None]);
        let segments: Vec<Segment> = (0..4).map(segment).collect();
        let mut sheets = Vec::new();
        for (answer, sex, place, many) in &groups {
            for _ in 0..*many {
                let n = i64::try_from(sheets.len()).unwrap();
                let traits = ["0", "1", "-"][*sex];
                sheets.push(sheet(n, *place, traits, &[("q1", option(*answer))]));
            }
        }
        let of = results(&survey, &segments, &sheets);
        let q = &of.questions[0];
        for line in &q.lines {
            prop_assert!(line.n.is_none_or(|n| n >= LEAST));
        }
        // the whole alone: hidden numbers share what is left
        if let Some(asked) = q.asked {
            let shown: u64 = q.lines.iter().filter_map(|l| l.n).sum();
            let hidden = q.lines.iter().filter(|l| l.n.is_none()).count();
            prop_assert!(hidden != 1, "one hidden number is a subtraction");
            prop_assert!(hidden == 0 || asked - shown >= LEAST - 1);
        }
        for table in &q.tables {
            prop_assert!(q.whole);
            let rows: Vec<u64> = q.lines.iter().map(|l| l.n.unwrap()).collect();
            let columns: Vec<u64> = table.columns.iter().map(|c| c.total).collect();
            let cells: Vec<Vec<Option<u64>>> =
                (0..rows.len()).map(|r| table.columns.iter().map(|c| c.cells[r]).collect()).collect();
            for (r, row) in cells.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    prop_assert!(cell.is_none_or(|n| n >= LEAST));
                    if cell.is_none() {
                        prop_assert!(table.columns[c].mean.is_none(), "a mean beside a hidden number");
                        let values = possible(&cells, &rows, &columns, (r, c));
                        let truth = sheets.iter().filter(|s| {
                            let answer = s.answers.0.get("q1").map(|g| places(&survey.questions.0[0], g)[0]);
                            let group = in_column(&survey, &segments, table, c, s);
                            answer == Some(r) && group
                        }).count() as u64;
                        prop_assert!(truth >= LEAST || values >= 10, "{truth} is one of {values}");
                    }
                }
            }
        }
    }
}

fn in_column(
    survey: &Survey,
    segments: &[Segment],
    table: &Cross,
    column: usize,
    sheet: &AnswerSheet,
) -> bool {
    let name = if table.by.is_empty() {
        segments.iter().find(|s| s.id == sheet.segment_id).unwrap().division_name.clone()
    } else {
        let at = sheet.traits.parse::<usize>().ok();
        at.map(|at| survey.traits.0[0].categories[at].name.clone()).unwrap_or_default()
    };
    table.columns[column].names.contains(&name)
}
