//! The market hall.

use super::{ask, choice, conforms, expr, must, note, observes, text};
use crate::model::{Checklist, Finding, Format, Item, Kind, List, Question, Repeat, Required, Section};

pub(super) fn checklist() -> Checklist {
    Checklist {
        format: Format,
        code: "market".to_owned(),
        version: "2026-1".to_owned(),
        title: text("集贸市场实地检查表", "Market hall: on-site checklist"),
        lists: vec![
            List {
                name: "grades".to_owned(),
                choices: vec![
                    choice("A", "A 好", "A good"),
                    choice("B", "B 较好", "B fair"),
                    choice("C", "C 一般", "C poor"),
                    choice("D", "D 差", "D bad"),
                ],
            },
            List {
                name: "light".to_owned(),
                choices: vec![choice("day", "白天", "By day"), choice("night", "天黑后", "After dark")],
            },
            List {
                name: "faults".to_owned(),
                choices: vec![
                    choice("cable", "电线乱拉", "Loose cables"),
                    choice("sticker", "乱贴小广告", "Stickers"),
                    choice("drain", "下水不畅", "Blocked drains"),
                    choice("smell", "异味", "Bad smell"),
                ],
            },
        ],
        items: vec![
            note("intro", "从正门进入，走完全部通道。", "Enter by the main gate and walk every aisle."),
            Item::Question(must("visited_on", Kind::Date, "检查日期", "Day of the visit")),
            Item::Question(ask("visited_at", Kind::Time, "到达时间", "Time of arrival")),
            Item::Question(Question {
                default: "day".to_owned(),
                ..must(
                    "light",
                    Kind::OneOf { list: "light".to_owned() },
                    "检查时的天色",
                    "Light at the visit",
                )
            }),
            Item::Question(ask("gate", Kind::Place, "正门位置", "Where the main gate is")),
            order(),
            lamps(),
            notices(),
            asked(),
            toilets(),
            Item::Question(ask("way", Kind::Line, "走过的路线", "The way that was walked")),
            Item::Question(ask("spill", Kind::Area, "占道经营的范围", "Ground taken by stalls outside")),
            Item::Question(ask("spoken", Kind::Audio, "口述补充", "Spoken remarks")),
            Item::Question(ask("remarks", Kind::Text, "补充说明", "Remarks")),
        ],
    }
}

fn order() -> Item {
    let bad = Question {
        hint: text("拍清位置和问题，最多三张。", "Show the place and the fault, three at most."),
        relevant: expr("${fire_lane} = 'unmet' or ${floor} = 'unmet' or ${stalls} = 'unmet'"),
        required: Required::Fixed(true),
        required_message: text("不符合的，至少拍一张。", "What is not met needs a picture."),
        finding: Finding { kind: "event-09020".to_owned(), severity: "一般".to_owned() },
        ..ask("order_photo", Kind::Photo { most: 3 }, "问题照片", "Pictures of what is wrong")
    };
    Item::Section(Section {
        name: "order".to_owned(),
        label: text("环境秩序", "Order"),
        observes: observes("市场-01", "any-fails"),
        items: vec![
            conforms(
                "floor",
                "市场-01-1)",
                "地面干净，没有积水和垃圾",
                "The floor is clean, without puddles or litter",
            ),
            conforms("stalls", "市场-01-2)", "摊位在划线以内", "Stalls keep within their lines"),
            conforms("fire_lane", "市场-01-3)", "消防通道畅通", "Fire lanes are free"),
            Item::Question(bad),
            Item::Question(ask(
                "faults",
                Kind::ManyOf { list: "faults".to_owned() },
                "另外看到的问题",
                "What else was seen",
            )),
        ],
        ..Section::default()
    })
}

fn lamps() -> Item {
    Item::Section(Section {
        name: "lamps".to_owned(),
        label: text("照明", "Lamps"),
        relevant: expr("${light} = 'night'"),
        observes: observes("市场-02-1)", "ratio good=lamps_lit of=lamps_all target=95%"),
        items: vec![
            Item::Question(Question {
                constraint: expr(". >= 0"),
                constraint_message: text("数量不能小于 0。", "There cannot be fewer than none."),
                ..must("lamps_all", Kind::Count, "灯的总数", "Lamps in all")
            }),
            Item::Question(Question {
                constraint: expr(". >= 0 and . <= ${lamps_all}"),
                constraint_message: text("亮灯数不能多于总数。", "No more can be lit than there are."),
                ..must("lamps_lit", Kind::Count, "亮着的灯", "Lamps that are lit")
            }),
            Item::Question(ask(
                "lamps_share",
                Kind::Calculate { expr: calculated("round(${lamps_lit} div ${lamps_all} * 100, 1)") },
                "",
                "",
            )),
        ],
        ..Section::default()
    })
}

/// A sample's calculation: the empty text, should it not be readable, which a test would see.
fn calculated(written: &str) -> crate::Expr {
    expr(written).unwrap_or_else(crate::Expr::nothing)
}

fn notices() -> Item {
    Item::Repeat(Repeat {
        name: "notices".to_owned(),
        label: text("公益广告（逐处记录）", "Public notices, one by one"),
        observes: observes("市场-03-1)", "spacing place=notice_at metres=10 at-least=5 met=notice_whole"),
        items: vec![
            Item::Question(must("notice_at", Kind::Place, "位置", "Where it is")),
            Item::Question(must(
                "notice_whole",
                Kind::Conforms { not_applicable: false },
                "内容正确，没有褪色和破损",
                "Right in content, neither faded nor damaged",
            )),
        ],
        ..Repeat::default()
    })
}

fn asked() -> Item {
    Item::Repeat(Repeat {
        name: "asked".to_owned(),
        label: text("询问五位摊主", "Ask five stall holders"),
        count: expr("5"),
        observes: observes("市场-04-1)", "threshold at-least=3"),
        items: vec![
            note("asked_note", "随机选择，不问姓名。", "Choose at random; do not ask for names."),
            Item::Question(must(
                "knows",
                Kind::Conforms { not_applicable: false },
                "说得出文明经营的要求",
                "Can say what fair trading asks for",
            )),
        ],
        ..Repeat::default()
    })
}

fn toilets() -> Item {
    let grade = Kind::Grade { list: "grades".to_owned() };
    Item::Section(Section {
        name: "services".to_owned(),
        label: text("配套设施", "Services"),
        items: vec![
            Item::Question(Question {
                observes: observes("市场-05-1)", "graded A=1 B=0.8 C=0.5 D=0"),
                appearance: "minimal".to_owned(),
                ..must("toilet", grade, "公厕卫生", "Cleanliness of the toilets")
            }),
            Item::Question(Question {
                observes: observes("市场-05-2)", "threshold at-least=1"),
                ..must("scales", Kind::Count, "公平秤数量", "Public scales")
            }),
            Item::Question(ask("price", Kind::Number, "公平秤误差（克）", "Error of the scales, grams")),
        ],
        ..Section::default()
    })
}
