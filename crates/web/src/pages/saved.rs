//! Keeping and forgetting filters of lists.

use crate::error::{Answer, OrFail, redirect};
use crate::form::Form;
use crate::request::Req;
use crate::routes::Path;
use crate::saved::{self, Saved};
use crate::security::local;
use kernel::id::Id;

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    let list = local(form.text("list")).to_owned();
    let (name, query) = (form.text("name").to_owned(), form.text("query").to_owned());
    let to = if query.is_empty() { list.clone() } else { format!("{list}?{query}") };
    req.write(move |ctx, tx| saved::keep(tx, ctx, &list, &name, &query)).await.or_fail(&req)?;
    Ok(redirect(&req, &to, "saved-kept", form.text("name")))
}

pub(crate) async fn remove(req: Req, Path(id): Path<Id<Saved>>, _form: Form) -> Answer {
    let list = req.write(move |ctx, tx| saved::forget(tx, ctx, id)).await.or_fail(&req)?;
    Ok(redirect(&req, local(&list), "saved-forgotten", ""))
}
