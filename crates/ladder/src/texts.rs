//! Every word that is put together from a code has its text in both languages.

use crate::forms::ROWS;
use crate::jobs::What;
use crate::model::Rung;
use crate::policy::Act;
use crate::queries::Show;
use crate::rules::Ladder;
use crate::workflow::{State, Step};
use kernel::policy::Action;
use kernel::workflow::Named;
use web::i18n::keys;

const ZH: &str = include_str!("../locales/zh-CN.ftl");
const EN: &str = include_str!("../locales/en.ftl");

fn of<T: Named>(prefix: &str) -> Vec<String> {
    T::ALL.iter().map(|c| format!("{prefix}-{}", c.code())).collect()
}

fn wanted() -> Vec<String> {
    let mut keys = [
        of::<Rung>("rung"),
        of::<State>("letter-state"),
        of::<Step>("letter-move"),
        of::<Show>("ladder-tile"),
        of::<What>("notice-ladder"),
    ]
    .concat();
    keys.extend(ROWS.iter().map(|row| format!("flash-letter-{}", row.step.code())));
    // what a form explains before it asks
    keys.extend(
        ROWS.iter().filter(|r| !r.fields.is_empty()).map(|r| format!("letter-move-{}.lead", r.step.code())),
    );
    keys.extend(Act::ALL.iter().map(|a| format!("ladder-{}", a.code())));
    keys.extend(Ladder::default().rules.iter().map(|r| format!("ladder-step-{}", r.code)));
    for kind in ["left", "late", "reminders", "letters"] {
        keys.extend(["ladder-if", "ladder-unit"].map(|p| format!("{p}-{kind}")));
    }
    keys
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    for (language, source) in [("zh-CN", ZH), ("en", EN)] {
        let have = keys(source);
        let missing: Vec<String> = wanted().into_iter().filter(|k| !have.contains(k)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
    }
}

#[test]
fn both_languages_say_the_same_things() {
    assert_eq!(keys(ZH), keys(EN));
}
