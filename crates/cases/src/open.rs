//! What the doors for other programs use of this crate, beside its commands and [`crate::queries`]: codes of kinds, links of
//! reports, sentences of histories. Pages of this crate say the same in the same words.

use crate::catalogue::{Catalogue, ItemInfo};
use crate::desk::Desk;
use crate::forms;
use crate::model::{Case, Item};
use crate::pages::shown::{self, Pictures, Reader};
use ::store::audit::HistoryLine;
use ::store::secrets::Secrets;
use kernel::id::Id;
use web::Ui;

pub use crate::pages::report_form::{PHOTOS, words};
pub use crate::pages::shown::option_text;
pub use crate::pages::uploads::{Received, receive};

/// What names a kind of problem outside: `event-06010`. Empty for none.
pub fn item_code(catalogue: &Catalogue, item: Option<Id<Item>>) -> String {
    forms::item_code(catalogue, item)
}

/// What people see most, of the kinds that the public may report.
pub fn common_items(catalogue: &Catalogue) -> Vec<&ItemInfo> {
    shown::common_items(catalogue)
}

/// The kind with this code, if the public may report it.
pub fn item(desk: &Desk, code: &str) -> Option<Id<Item>> {
    let id = forms::item(&desk.catalogue, "item", code).ok().flatten()?;
    desk.catalogue.item(id).filter(|i| i.public).map(|i| i.id)
}

/// The link by which whoever reported a case finds it again: below `/r/`.
pub fn token(secrets: &Secrets, id: Id<Case>) -> String {
    secrets.token("case", id.raw())
}

/// The case of such a link.
pub fn opened(secrets: &Secrets, token: &str) -> Option<Id<Case>> {
    secrets.open_token("case", token).map(Id::new)
}

/// What happened as strangers read it: a sentence, and the words of the unit where it answered.
pub fn sentence(ui: &Ui, line: &HistoryLine) -> Option<(String, String)> {
    let lines = shown::history(ui, std::slice::from_ref(line), Reader::Public, &Pictures::default());
    lines.into_iter().next().map(|l| (l.text, l.note))
}
