//! 附加问题: what some kinds of the demonstration city's catalogue ask beside the usual, and what its people answered.

use cases::catalogue::edit_extras::set_extras;
use cases::catalogue::extras::{Demand, ExtraKind, NewAnswer, cell, check};
use cases::catalogue::{Catalogue, ItemKind};
use cases::model::Item;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::Tx;

const COVER: &str = "state|one|required|open|井盖现在怎样=How is the cover now|不见了=gone/破损=broken/松动作响=loose|\n\
                     wide|number|optional|open|井口直径大约多少=About how wide is the hole|厘米=cm|state=不见了\n\
                     fenced|yes-no|optional|open|周围有没有围挡=Is it fenced off||state=不见了";
const LAMP: &str = "pole|text|optional|open|灯杆编号（写在灯杆的牌子上）=Number of the pole (on its plate)||\n\
                    many|one|optional|open|有几盏不亮=How many are out|一盏=one/两三盏=two or three/整条路=the whole street|";
const RUBBISH: &str = "much|one|optional|open|大概有多少=Roughly how much|一两袋=a bag or two/一小堆=a small heap/一车以上=a cartload or more|\n\
                       smell|yes-no|optional|open|有没有异味或蚊蝇=Does it smell, or draw flies||";
const STALL: &str = "still|yes-no|optional|open|现在还在吗=Are they still there||\n\
                     when|several|optional|open|一般什么时候在=When are they there|早上=in the morning/白天=by day/晚上=in the evening|still=yes\n\
                     who|text|optional|personal|您和摊主认识的话，怎么找到他=If you know them: how can they be reached||";
const ROAD: &str = "deep|number|optional|open|坑大约多深=About how deep is it|厘米=cm|\n\
                    hurt|yes-no|optional|open|有没有人摔倒或车辆受损=Did anybody fall, or was a car damaged||";

/// Codes of events, and what they ask. The one that must be answered is of a kind that people know when they see it.
const ASKED: [(&str, &str); 7] = [
    ("01003", COVER),
    ("01037", LAMP),
    ("06010", RUBBISH),
    ("06013", ROAD),
    ("09001", STALL),
    ("09005", STALL),
    ("09006", STALL),
];

/// Brings them into force.
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>, catalogue: &Catalogue) -> Result<()> {
    for (code, text) in ASKED {
        let Some(item) = catalogue.by_code(ItemKind::Event, code) else { continue };
        let set = cell::read(text).ok_or_else(|| {
            Problem::internal(format!("the demonstration's questions of {code} make no sense"))
        })?;
        set_extras(ctx, tx, item.id, &set)?;
    }
    Ok(())
}

/// What the `n`th reporter answered: now and then nothing.
pub(super) fn answers(catalogue: &Catalogue, item: Option<Id<Item>>, n: u32) -> Vec<NewAnswer> {
    let extras = catalogue.extras(item);
    let given = |code: &str| -> Vec<String> {
        let Some(place) = extras.iter().position(|e| e.asked.code == code) else { return Vec::new() };
        let (asked, turn) = (&extras[place].asked, n as usize / 3 + place);
        let options = asked.options();
        let answer = match asked.kind {
            // nobody left one
            ExtraKind::Text if asked.personal => return Vec::new(),
            ExtraKind::Text => format!("{:02}-{:03}", turn % 40 + 1, turn % 217 + 1),
            ExtraKind::Number => (5 + turn % 9 * 5).to_string(),
            _ => match options.get(turn % (options.len() + 1)) {
                Some(option) => (*option).to_owned(),
                None => return Vec::new(),
            },
        };
        vec![answer]
    };
    check(extras, Demand::Given, &given, &str::to_owned).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_makes_sense_in_both_languages() {
        for (code, text) in ASKED {
            let set = cell::read(text).unwrap_or_else(|| panic!("{code}"));
            for extra in &set {
                let words = extra.choices.iter().chain([&extra.wording]);
                assert!(words.into_iter().all(|w| !w.zh.is_empty() && !w.en.is_empty()), "{}", extra.code);
            }
            assert_eq!(cell::write(&set), text, "{code}");
        }
    }
}
