//! What forms and JSON bodies send, turned into arguments of commands, or into every fault at once.

mod catalogue;
mod deeds;
mod extras;
mod redaction;
mod report;

pub(crate) use catalogue::limit;
pub(crate) use deeds::{PART_ROWS, deed};
pub(crate) use extras::{chosen, extra, extra_field};
pub(crate) use redaction::{AREA_ROWS, cover, strikes};
pub(crate) use report::{Given, report};

use crate::catalogue::{Catalogue, ItemKind};
use crate::model::Item;
use kernel::id::Id;
use kernel::problem::FieldError;
use kernel::workflow::Named;

type Field<T> = Result<T, FieldError>;

/// What names an item in forms and in the API: `event-01003`.
pub(crate) fn item_code(catalogue: &Catalogue, id: Option<Id<Item>>) -> String {
    id.and_then(|id| catalogue.item(id)).map_or_else(String::new, |i| format!("{}-{}", i.kind.code(), i.code))
}

/// The item with this code; none for an empty text.
pub(crate) fn item(catalogue: &Catalogue, field: &'static str, text: &str) -> Field<Option<Id<Item>>> {
    if text.is_empty() {
        return Ok(None);
    }
    let found = text.split_once('-').and_then(|(kind, code)| catalogue.by_code(ItemKind::parse(kind)?, code));
    found.map(|i| Some(i.id)).ok_or_else(|| FieldError::new(field, "not-a-choice"))
}
