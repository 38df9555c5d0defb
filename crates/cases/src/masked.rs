//! What a stranger may read of a case: which of its steps, and of its words what is left when they are masked.

use kernel::masking::{Audience, mask_address, mask_text};

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

/// What a stranger may read of a case: numbers of telephones and houses are covered.
#[derive(Clone, Debug)]
pub(crate) struct Masked {
    pub title: String,
    pub description: String,
    pub address: String,
}

impl Masked {
    pub(crate) fn of(title: &str, description: &str, address: &str) -> Self {
        let covered = mask_address(address, Audience::Public).trim_end_matches('*').to_owned();
        // a title made from the address says it too; where nothing of it may be shown, what is left is the kind
        let without =
            |text: &str| if address.is_empty() { text.to_owned() } else { text.replace(address, &covered) };
        let title = without(title);
        Self {
            title: mask_text(title.trim_start_matches('：'), Audience::Public),
            description: mask_text(&without(description), Audience::Public),
            address: covered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Masked;

    #[test]
    fn strangers_read_neither_house_numbers_nor_telephones() {
        let address = "嘉峪关市新华中路118号3单元";
        let masked = Masked::of(
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
        assert_eq!(Masked::of("福乐小区1-2-301：噪声扰民", "", "福乐小区1-2-301").title, "噪声扰民");
    }
}
