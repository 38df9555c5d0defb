//! Every block of `templates/components.html` with sample data. Looked at by people, checked by axe, and by the test that
//! renders it in both languages. Sample words are the demonstration's own and stand in the text files like all others.

use crate::error::{Answer, page as render};
use crate::form::{Filled, Form};
use crate::list::{Cursor, Params};
use crate::parts::{Choice, Deadline, Fact, Line, Move, Photo, Stage, Step, Tile};
use crate::request::Req;
use crate::saved::{SavedRow, Views};
use crate::ui::Ui;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem};
use kernel::time::{DAY, HOUR};

#[derive(askama::Template)]
#[template(path = "styleguide.html")]
struct Styleguide {
    ui: Ui,
    form: Filled,
    options: Vec<(&'static str, String)>,
    choices: Vec<Choice>,
    params: Params,
    saved: Views,
    next: Option<Cursor>,
    deadlines: Vec<Deadline>,
    steps: Vec<Step>,
    moves: Vec<Move>,
    lines: Vec<Line>,
    before: Option<Photo>,
    after: Option<Photo>,
    tiles: Vec<Tile>,
    facts: Vec<Fact>,
}

pub(crate) async fn page(req: Req) -> Answer {
    let ui = req.ui();
    let typed = Form::from_pairs(&[("sample-text", ""), ("sample-area", &ui.t("sample-sentence"))]);
    let wrong = Problem::invalid(vec![FieldError::new("sample-text", "required")]);
    let views = vec![SavedRow {
        id: Id::new(1),
        person: Id::new(1),
        list: "/styleguide".to_owned(),
        name: ui.t("sample-late"),
        query: "state=late".into(),
    }];
    let guide = Styleguide {
        form: Filled::refused(&typed, &wrong).unwrap_or_default(),
        options: vec![("a", ui.t("sample-unit")), ("b", ui.t("sample-unit-other"))],
        choices: choices(&ui),
        params: Params::parse(&req.query),
        saved: Views { list: "/styleguide".to_owned(), views, current: Params::parse(&req.query).filters() },
        next: Some(Cursor { sort: 1, id: 1 }),
        deadlines: deadlines(&ui),
        steps: steps(&ui),
        moves: moves(&ui),
        lines: lines(&ui),
        before: Some(photo(&ui)),
        after: None,
        tiles: tiles(&ui),
        facts: facts(&ui),
        ui,
    };
    render(&req, &guide)
}

fn choices(ui: &Ui) -> Vec<Choice> {
    [("good", "mood-happy"), ("fair", "mood-neutral"), ("bad", "mood-sad")]
        .into_iter()
        .map(|(value, icon)| Choice {
            value: value.to_owned(),
            text: ui.named("sample-verdict", value),
            icon,
        })
        .collect()
}

fn deadlines(ui: &Ui) -> Vec<Deadline> {
    let now = ui.now();
    let one = |mood, hours: i64| Deadline {
        mood,
        text: ui.named("sample-deadline", mood),
        at: (mood != "paused").then(|| now.plus(hours * HOUR)),
        provisional: mood == "provisional",
        steps: Vec::new(),
    };
    vec![
        one("ok", 50),
        one("soon", 3),
        one("overdue", -5),
        one("multi", -80),
        one("paused", 0),
        one("provisional", 900),
        one("done", -30),
    ]
}

fn steps(ui: &Ui) -> Vec<Step> {
    ["accepted", "opened", "dispatched", "handled", "answered", "verified", "closed"]
        .into_iter()
        .enumerate()
        .map(|(n, code)| Step {
            name: ui.named("sample-step", code),
            meta: if n < 4 {
                ui.short(&ui.now().plus(n.cast_signed() as i64 * HOUR - DAY))
            } else {
                String::new()
            },
            stage: match n {
                0..3 => Stage::Done,
                3 => Stage::Current,
                _ => Stage::ToCome,
            },
            late: false,
        })
        .collect()
}

fn moves(ui: &Ui) -> Vec<Move> {
    ["answer", "extend", "return", "dispute", "park"]
        .into_iter()
        .map(|code| Move {
            text: ui.named("sample-move", code),
            href: "#moves".to_owned(),
            icon: if code == "answer" { "camera" } else { "" },
            main: code == "answer",
        })
        .collect()
}

fn lines(ui: &Ui) -> Vec<Line> {
    vec![
        Line {
            icon: "clock-exclamation",
            mood: "late",
            text: ui.t("sample-history-late"),
            at: Some(ui.now()),
            ..Line::default()
        },
        Line {
            icon: "send",
            mood: "brand",
            text: ui.t("sample-history-dispatched"),
            at: Some(ui.now().plus(-DAY)),
            note: ui.t("sample-sentence"),
            ..Line::default()
        },
        Line {
            icon: "flag",
            text: ui.t("sample-history-reported"),
            at: Some(ui.now().plus(-DAY - HOUR)),
            meta: ui.t("sample-history-hidden"),
            photos: vec![photo(ui)],
            ..Line::default()
        },
    ]
}

fn photo(ui: &Ui) -> Photo {
    Photo {
        href: "/icon.svg".to_owned(),
        thumb: "/icon.svg".to_owned(),
        alt: ui.t("sample-photo"),
        caption: ui.time(&ui.now()),
    }
}

fn tiles(ui: &Ui) -> Vec<Tile> {
    [("late", "12"), ("soon", "27"), ("ok", "94.6")]
        .into_iter()
        .map(|(mood, value)| Tile {
            label: ui.named("sample-tile", mood),
            value: value.to_owned(),
            unit: ui.attribute(&format!("sample-tile-{mood}"), "unit"),
            note: ui.attribute(&format!("sample-tile-{mood}"), "note"),
            href: "#tiles".to_owned(),
            mood,
        })
        .collect()
}

fn facts(ui: &Ui) -> Vec<Fact> {
    vec![
        Fact::new(ui.t("sample-fact-kind"), ui.t("sample-fact-kind.value")),
        Fact::new(ui.t("sample-fact-unit"), ui.t("sample-unit")).link("#facts"),
        Fact::new(ui.t("sample-fact-what"), ui.t("sample-sentence")).wide(),
    ]
}
