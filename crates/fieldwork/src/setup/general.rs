//! A checklist for any type of point, in our own words: what is looked at everywhere.

use checklist::{
    Checklist, Expr, Finding, Format, Item, Kind, Observes, Question, Required, Rule, Section, Text,
};

fn text(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}

fn observes(standard: &str, rule: &str) -> Option<Observes> {
    Some(Observes { standard: standard.to_owned(), rule: rule.parse::<Rule>().ok()? })
}

/// A question of what is met; what is not becomes a case of this kind.
fn conforms(name: &str, standard: &str, (zh, en): (&str, &str), kind: &str) -> Item {
    Item::Question(Question {
        required: Required::Fixed(true),
        observes: observes(standard, "conforms"),
        finding: Finding { kind: kind.to_owned(), severity: String::new() },
        ..Question::new(name, Kind::Conforms { not_applicable: true }, text(zh, en))
    })
}

fn section(name: &str, zh: &str, en: &str, items: Vec<Item>) -> Item {
    Item::Section(Section { name: name.to_owned(), label: text(zh, en), items, ..Section::default() })
}

/// 通用
pub fn general() -> Checklist {
    let notices = Item::Question(Question {
        required: Required::Fixed(true),
        observes: observes("通用-04", "deduct full=10 each=2 wanted=3"),
        constraint: Expr::read(". >= 0").ok(),
        constraint_message: text("不能是负数。", "Not below nought."),
        ..Question::new("notices", Kind::Count, text("公益广告数量", "Number of public notices"))
    });
    let picture = Item::Question(Question {
        relevant: Expr::read("${clean} = 'unmet' or ${orderly} = 'unmet' or ${way} = 'unmet'").ok(),
        hint: text("拍清位置和问题。", "Show the place and the fault."),
        ..Question::new("picture", Kind::Photo { most: 3 }, text("问题照片", "Pictures of what is wrong"))
    });
    let words = Item::Question(Question::new("words", Kind::Text, text("补充说明", "Remarks")));
    Checklist {
        format: Format,
        code: "general".to_owned(),
        version: "2026-1".to_owned(),
        title: text("一般点位实地检查表", "Any point: on-site checklist"),
        lists: Vec::new(),
        items: vec![
            section(
                "place",
                "环境秩序",
                "Order",
                vec![
                    conforms(
                        "clean",
                        "通用-01",
                        ("地面整洁，没有积存垃圾", "The floor is clean"),
                        "event-06010",
                    ),
                    conforms(
                        "orderly",
                        "通用-02",
                        ("车辆停放有序", "Vehicles stand in order"),
                        "event-09010",
                    ),
                    conforms(
                        "way",
                        "通用-03",
                        ("无障碍通道畅通", "The way without steps is free"),
                        "event-09019",
                    ),
                    picture,
                ],
            ),
            section(
                "service",
                "宣传与服务",
                "Notices and service",
                vec![notices, conforms("staff", "通用-05", ("工作人员用语文明", "Staff are polite"), "")],
            ),
            words,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::general;

    #[test]
    fn it_is_sound_and_everything_of_it_is_read() {
        let list = general();
        assert_eq!(list.problems(), []);
        let again = checklist::xlsform::read(&checklist::xlsform::write(&list).unwrap());
        assert_eq!(again.checklist.as_ref(), Some(&list), "{:?}", again.faults);
        // every rule and condition could be read
        let places = list.items[0].items();
        assert!(places.iter().take(3).all(|item| item.observes().is_some()));
        assert!(places[3].relevant().is_some() && list.items[1].items()[0].observes().is_some());
    }
}
