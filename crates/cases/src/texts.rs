//! Every word that is put together from a code has its text in both languages.

use crate::catalogue::ItemKind;
use crate::catalogue::extras::ExtraKind;
use crate::model::{PhotoKind, RequestKind, RequestState, Satisfaction, Source};
use crate::moves::{VERBS, Verb};
use crate::policy::Act;
use crate::workflow::{Stage, State, Step};
use kernel::calendar::TimeUnit;
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
        of::<State>("case-state"),
        of::<State>("case-waits"),
        of::<Step>("case-move"),
        of::<Stage>("stage"),
        of::<Stage>("case-due"),
        of::<Source>("source"),
        of::<Satisfaction>("satisfaction"),
        of::<RequestKind>("request-kind"),
        of::<RequestState>("request-state"),
        of::<PhotoKind>("photo-kind"),
        of::<ItemKind>("item-kind"),
        of::<ExtraKind>("extra-kind"),
        of::<Verb>("case-verb"),
        of::<Verb>("flash-case"),
    ]
    .concat();
    keys.extend(Step::ALL.iter().map(|s| format!("event-{}", crate::commands::verb(*s).replace('.', "-"))));
    keys.extend(Act::ALL.iter().map(|a| format!("cases-{}", a.code())));
    for unit in TimeUnit::ALL {
        keys.extend(
            ["time", "time-left", "time-late", "time-unit"].map(|p| format!("{p}-{}", unit.as_str())),
        );
    }
    // what a form explains before it asks
    keys.extend(VERBS.iter().map(|r| format!("case-verb-{}.lead", r.code)));
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
