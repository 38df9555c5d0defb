//! Kinds of problem to choose from.

use crate::catalogue::{Catalogue, ItemInfo};
use crate::forms::item_code;
use web::Ui;
use web::parts::Choice;

/// A major with its items, for a grouped select.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub name: String,
    pub items: Vec<(String, String)>,
}

/// Every item by its major; `words` narrows to names that hold them, `public` to what the public page offers.
pub(crate) fn groups(catalogue: &Catalogue, public: bool, words: &str) -> Vec<Group> {
    let wanted = |item: &&ItemInfo| (item.public || !public) && item.name.contains(words.trim());
    catalogue
        .majors()
        .into_iter()
        .map(|(name, items)| Group {
            name: name.to_owned(),
            items: items
                .into_iter()
                .filter(wanted)
                .map(|i| (item_code(catalogue, Some(i.id)), i.name.clone()))
                .collect(),
        })
        .filter(|group| !group.items.is_empty())
        .collect()
}

/// What people see most: the first item whose name holds the word, its plain name as a text, its icon.
const COMMON: [(&str, &str, &str); 8] = [
    ("暴露垃圾", "rubbish", "trash"),
    ("道路破损", "road", "road"),
    ("机动车乱停", "parking", "car"),
    ("占道经营", "stall", "building-store"),
    ("路灯异常", "lamp", "bulb"),
    ("非法小广告", "stickers", "file-description"),
    ("道路积水", "water", "droplet"),
    ("乱堆杂物", "clutter", "stack-2"),
];

/// The common kinds that this city's catalogue has.
pub(crate) fn common_items(catalogue: &Catalogue) -> Vec<&ItemInfo> {
    let found = |word: &str| catalogue.items().iter().find(|i| i.public && i.name.contains(word));
    COMMON.iter().filter_map(|(word, ..)| found(word)).collect()
}

/// The same as large buttons.
pub(crate) fn common_kinds(ui: &Ui, catalogue: &Catalogue) -> Vec<Choice> {
    COMMON
        .iter()
        .filter_map(|(word, name, icon)| {
            let item = catalogue.items().iter().find(|i| i.public && i.name.contains(word))?;
            Some(Choice {
                value: item_code(catalogue, Some(item.id)),
                text: ui.named("report-kind", name),
                icon,
            })
        })
        .collect()
}
