//! How cases look on pages: deadlines, stages, pictures, histories, choices. Decided here, written by templates.

mod choices;
mod deadline;
mod history;
mod maps;
mod pictures;
mod rows;
mod stages;

pub(crate) use choices::{Group, common_kinds, groups};
pub(crate) use deadline::{deadline, limit_text};
pub(crate) use history::{Reader, history};
pub(crate) use maps::CityMap;
pub(crate) use pictures::{Pictures, pictures};
pub(crate) use rows::Row;
pub(crate) use stages::stages;

use crate::model::Case;
use crate::workflow::State;
use kernel::masking::{Audience, mask_address, mask_text};
use kernel::workflow::Named;
use web::Ui;

/// 待派遣.
pub(crate) fn state_text(ui: &Ui, state: State) -> String {
    ui.named("case-state", state.code())
}

/// Value and text of every code, for selects and filters.
pub(crate) fn codes<T: Named>(ui: &Ui, prefix: &str) -> Vec<(&'static str, String)> {
    T::ALL.iter().map(|c| (c.code(), ui.named(prefix, c.code()))).collect()
}

/// Words for the column of a number and its share of another.
pub(crate) fn kind_name(desk: &crate::desk::Desk, case: &Case) -> String {
    let Some(item) = case.item_id.and_then(|id| desk.catalogue.item(id)) else { return String::new() };
    format!("{} › {}", item.major_name, item.name)
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
