//! What the API takes and answers with. All times are RFC 3339, all days `YYYY-MM-DD`.

mod items;
mod periods;
mod requests;

pub(super) use items::*;
pub(super) use periods::*;
pub(super) use requests::*;

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
