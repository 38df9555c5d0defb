//! Measures how good dispatch advice is, and writes the table of `docs/suggestions.md`:
//!
//! ```sh
//! CHUANGCHENG_WRITE_DOCS=1 cargo test -p suggest --test measure -- --ignored --nocapture
//! ```
//!
//! The same on every machine. Citizens' messages come from a file beside the project, of which nothing is copied; where it
//! is not at hand this is said and its row left out.
#![cfg(test)]

use classifier::{Example, Figures, Plan, measure, measure_on};
use demo::story::{Act, CaseStory};
use std::fmt::Write;
use suggest::features::words;

fn row(name: &str, figures: &Figures) -> String {
    let percent = |share: usize| format!("{}.{}", share / 10, share % 10);
    format!(
        "| {name} | {} | {} | {} | {} | **{}** | {} | {} | {} |\n",
        figures.learnt,
        figures.tried,
        figures.labels,
        figures.labels_tried,
        percent(figures.first_share()),
        percent(figures.third_share()),
        percent(figures.macro_f1),
        percent(figures.baseline_share()),
    )
}

/// Messages with their top-level label, in the order in which they were sent.
fn messages() -> Option<Vec<Example>> {
    let name = "shared/data/civic_appeals_zh/labelled_sample.csv";
    // beside the project, or, for a second working tree of it, one folder further up
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
    let found = [format!("{root}/{name}"), format!("{root}/../{name}")];
    let Some(path) = found.iter().find(|path| std::path::Path::new(path).exists()) else {
        println!("SKIP: {name} is not beside the project");
        return None;
    };
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let (title, body, at, label) = (column("title"), column("body"), column("posted_at"), column("label1"));
    let mut rows: Vec<(String, Example)> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            (
                row[at].to_owned(),
                Example { words: words(&row[title], &row[body]), label: row[label].to_owned() },
            )
        })
        .collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    Some(rows.into_iter().map(|(_, example)| example).collect())
}

/// Closed cases of the demonstration, oldest first.
fn demonstration() -> Vec<CaseStory> {
    let day = demo::when::Day::of(2026, 11, 1);
    let town = demo::town::generate(2026, day);
    let now =
        demo::when::Moment(kernel::time::Instant::start_of("2026-11-01".parse().unwrap()).0 / 1_000_000);
    let mut stories = demo::story::write(2026, &town, now);
    stories.retain(|story| {
        matches!(story.steps.last().map(|step| &step.act), Some(Act::Close { .. } | Act::Rate { .. }))
    });
    stories.sort_by_key(|story| story.reported_at.0);
    stories
}

/// One word in so many is lost, as people leave out and misspell.
fn worn(words: Vec<String>, one_in: usize, turn: usize) -> Vec<String> {
    words
        .into_iter()
        .enumerate()
        .filter(|(n, _)| !(n * 7 + turn).is_multiple_of(one_in))
        .map(|(_, word)| word)
        .collect()
}

const START: &str = "<!-- measured: written by the command above -->\n";
const END: &str = "<!-- end of measured -->\n";

#[test]
#[ignore = "a measurement; see the head of this file"]
fn how_good_it_is() {
    let plan = Plan::default();
    let mut table = String::from(
        "\n| | learnt from | tried on | labels learnt | labels tried | first right, % | one of three right, % | macro F1, % | \
         always the commonest, % |\n| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n",
    );
    if let Some(found) = messages() {
        table.push_str(&row("citizens' messages, top-level label", &measure(&found, &plan)));
        // so few that one split by time says little: the same in five parts, each tried once
        table.push_str(&row("the same, each fifth tried in turn", &in_turn(&found, &plan)));
    }
    let stories = demonstration();
    let kind = |story: &CaseStory| format!("{:?}-{}", story.kind, story.code);
    let items: Vec<Example> = stories
        .iter()
        .map(|story| Example { words: words("", &story.description), label: kind(story) })
        .collect();
    let units: Vec<Example> = stories
        .iter()
        .map(|story| {
            let mut all = words("", &story.description);
            all.push(format!("section={}", story.place.section));
            all.push(format!("division={}", story.place.division));
            all.push(format!("item={}", kind(story)));
            Example { words: all, label: story.unit.to_string() }
        })
        .collect();
    table.push_str(&row("demonstration, kind", &measure(&items, &plan)));
    let lost: Vec<Example> = items
        .iter()
        .enumerate()
        .map(|(n, e)| Example { words: worn(e.words.clone(), 2, n), label: e.label.clone() })
        .collect();
    table.push_str(&row("demonstration, kind, every second word lost", &measure(&lost, &plan)));
    table.push_str(&row("demonstration, unit", &measure(&units, &plan)));
    println!("{table}");
    write(&table);
}

/// Each fifth of the examples tried by what was learnt from the others; the figures together.
fn in_turn(examples: &[Example], plan: &Plan) -> Figures {
    let mut all = Figures::default();
    let mut f1 = 0;
    for part in 0..5 {
        let of = |tried: bool| -> Vec<Example> {
            let wanted = examples.iter().enumerate().filter(|(n, _)| (n % 5 == part) == tried);
            wanted.map(|(_, example)| example.clone()).collect()
        };
        let found = measure_on(&of(false), &of(true), plan);
        all.learnt = found.learnt;
        all.labels = found.labels;
        all.labels_tried = all.labels_tried.max(found.labels_tried);
        all.tried += found.tried;
        all.first += found.first;
        all.third += found.third;
        all.baseline += found.baseline;
        f1 += found.macro_f1;
    }
    all.macro_f1 = f1 / 5;
    all
}

#[expect(clippy::disallowed_methods, reason = "a measurement has no settings file")]
fn write(table: &str) {
    if std::env::var("CHUANGCHENG_WRITE_DOCS").is_err() {
        return;
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/suggestions.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (before, rest) = document.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let mut text = String::new();
    let _ = write!(text, "{before}{START}{table}\n{END}{after}");
    std::fs::write(path, text).unwrap();
}
