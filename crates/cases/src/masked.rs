//! What a stranger may read of a case: which of its steps, and of its words what is left when they are masked.

use crate::model::{Case, Strikes, Written};
use kernel::masking::{Audience, mask_address, mask_text};
use std::ops::Range;

/// The events that strangers read of.
pub(crate) const TOLD: &[&str] = &[
    "case.reported",
    "case.imported",
    "case.confirmed",
    "case.refused",
    "case.registered",
    "case.dispatched",
    "case.redispatched",
    "case.received",
    "case.answered",
    "case.passed",
    "case.rework",
    "case.closed",
    "case.contested",
    "case.upheld",
    "case.reopened",
    "case.parked",
    "case.resumed",
    "case.merged",
    "case.unmerged",
    "case.rated",
    "case.split",
    "case.gathered",
    "case.inquired",
    "case.replied",
    "case.question-lapsed",
    "case.dropped",
    "case.recurred",
    "case.is-recurrence",
    "case.recalled",
];

pub(crate) fn tells_everybody(verb: &str) -> bool {
    TOLD.contains(&verb)
}

/// What a stranger may read of a case: what the office struck out is gone, numbers of telephones and houses are covered.
#[derive(Clone, Debug)]
pub(crate) struct Masked {
    pub title: String,
    pub description: String,
    pub address: String,
}

impl Masked {
    pub(crate) fn of(strikes: &Strikes, title: &str, description: &str, address: &str) -> Self {
        let covered = mask_address(address, Audience::Public).trim_end_matches('*').to_owned();
        // a title made from the address says it too; where nothing of it may be shown, what is left is the kind
        let cut = |written: Written, text: &str| strikes.cut(written, text, &hidden(text, address, &covered));
        let title = cut(Written::Title, title);
        Self {
            title: mask_text(title.trim_start_matches('：'), Audience::Public),
            description: mask_text(&cut(Written::Description, description), Audience::Public),
            address: covered,
        }
    }

    pub(crate) fn of_case(case: &Case) -> Self {
        Self::of(&case.strikes, &case.title, &case.description, &case.address)
    }
}

/// Where a text says the part of an address that strangers do not read, in characters.
fn hidden(text: &str, address: &str, covered: &str) -> Vec<Range<u32>> {
    if address.is_empty() {
        return Vec::new();
    }
    let chars = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let (whole, kept) = (chars(address), chars(covered));
    let starts = text.match_indices(address).map(|(at, _)| chars(&text[..at]));
    starts.map(|at| at + kept..at + whole).collect()
}

#[cfg(test)]
mod tests {
    use super::Masked;
    use crate::model::{StrikeKind, Strikes, Written};

    #[test]
    fn strangers_read_neither_house_numbers_nor_telephones() {
        let address = "嘉峪关市新华中路118号3单元";
        let masked = Masked::of(
            &Strikes::default(),
            &format!("{address}：暴露垃圾"),
            &format!("{address}门前堆了三天，电话 13812341234"),
            address,
        );
        assert_eq!(masked.title, "嘉峪关市新华中路：暴露垃圾");
        assert_eq!(masked.address, "嘉峪关市新华中路");
        assert!(
            !masked.description.contains("118") && !masked.description.contains("13812341234"),
            "{}",
            masked.description
        );
        // nothing of the address may be shown: the kind is left
        let unknown = Masked::of(&Strikes::default(), "福乐小区1-2-301：噪声扰民", "", "福乐小区1-2-301");
        assert_eq!(unknown.title, "噪声扰民");
    }

    #[test]
    fn a_strike_within_the_address_brings_no_house_number_back() {
        let address = "嘉峪关市新华中路118号3单元";
        let title = format!("{address}王家：暴露垃圾");
        let mut strikes = Strikes::default();
        strikes.add_words(Written::Title, &title, "3单元王家", StrikeKind::Words);
        assert_eq!(Masked::of(&strikes, &title, "", address).title, "嘉峪关市新华中路［…］：暴露垃圾");
    }
}
