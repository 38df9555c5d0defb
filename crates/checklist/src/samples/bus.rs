//! Buses: so many lines, five stops each.

use super::{ask, choice, conforms, expr, must, note, observes, text};
use crate::model::{Checklist, Format, Item, Kind, List, Question, Repeat, Required, Section};

pub(super) fn checklist() -> Checklist {
    Checklist {
        format: Format,
        code: "bus".to_owned(),
        version: "2026-1".to_owned(),
        title: text("公交车和站台实地检查表", "Buses and stops: on-site checklist"),
        lists: vec![List {
            name: "manner".to_owned(),
            choices: vec![
                choice("A", "A 主动、礼貌", "A attentive and polite"),
                choice("B", "B 礼貌", "B polite"),
                choice("C", "C 冷淡", "C cold"),
            ],
        }],
        items: vec![
            note("intro", "三条线路，每条线路看五站。", "Three lines, five stops on each."),
            Item::Question(Question {
                default: "3".to_owned(),
                constraint: expr(". >= 1 and . <= 10"),
                constraint_message: text("一到十条。", "One to ten."),
                ..must("lines_wanted", Kind::Count, "检查几条线路", "How many lines are inspected")
            }),
            lines(),
            Item::Question(ask(
                "ads_in_all",
                Kind::Calculate { expr: expr("sum(${ads})").unwrap_or_else(crate::Expr::nothing) },
                "",
                "",
            )),
            Item::Question(Question {
                relevant: expr("${ads_in_all} < 30"),
                ..ask(
                    "ads_why",
                    Kind::Text,
                    "公益广告少于三十处的原因",
                    "Why there are fewer than thirty notices",
                )
            }),
        ],
    }
}

fn lines() -> Item {
    Item::Repeat(Repeat {
        name: "lines".to_owned(),
        label: text("线路", "Line"),
        count: expr("${lines_wanted}"),
        items: vec![
            Item::Question(Question {
                constraint: expr("regex(., '[0-9A-Z]{1,5}路?')"),
                constraint_message: text("例如 12 或 12路。", "For instance 12."),
                ..must("line", Kind::Text, "线路号", "Number of the line")
            }),
            Item::Question(Question {
                observes: observes("公交-01-1)", "graded A=1 B=0.75 C=0.25"),
                ..must(
                    "driver",
                    Kind::Grade { list: "manner".to_owned() },
                    "驾驶员态度",
                    "The driver's manner",
                )
            }),
            stops(),
            Item::Question(ask(
                "line_ads",
                Kind::Calculate { expr: expr("sum(${ads})").unwrap_or_else(crate::Expr::nothing) },
                "",
                "",
            )),
        ],
        ..Repeat::default()
    })
}

fn stops() -> Item {
    Item::Repeat(Repeat {
        name: "stops".to_owned(),
        label: text("站台", "Stop"),
        count: expr("5"),
        observes: observes("公交-02", "ratio"),
        items: vec![
            Item::Question(must("stop", Kind::Text, "站名", "Name of the stop")),
            conforms("clean", "公交-02-1)", "站台整洁", "The stop is clean"),
            conforms("map_right", "公交-02-2)", "线路图正确", "The map of the line is right"),
            Item::Section(Section {
                name: "notices".to_owned(),
                label: text("公益广告", "Public notices"),
                items: vec![
                    Item::Question(Question {
                        observes: observes("公交-03-1)", "deduct full=10 each=4 wanted=2"),
                        constraint: expr(". >= 0"),
                        ..must("ads", Kind::Count, "公益广告数量", "Number of public notices")
                    }),
                    Item::Question(Question {
                        relevant: expr("${ads} > 0"),
                        required: expr("${ads} >= 2").map_or(Required::Fixed(false), Required::When),
                        ..ask("ads_photo", Kind::Photo { most: 1 }, "照片", "Picture")
                    }),
                ],
                ..Section::default()
            }),
        ],
        ..Repeat::default()
    })
}
