//! 审核台: what waits for me, one after the other, text beside pictures. The whole desk can be worked with the keyboard.

use super::item::{View, view};
use crate::model::Item;
use crate::policy::{self, Act};
use crate::queries::{self, ItemLine};
use crate::show;
use crate::workflow::{State, Step};
use kernel::problem::Problem;
use web::error::{OrFail, page};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "evidence/desk.html")]
struct DeskPage {
    ui: Ui,
    queue: Vec<ItemLine>,
    of: View,
    /// The one behind this one; empty for the last.
    next: String,
    review: String,
}

impl DeskPage {
    fn state(&self, item: &Item) -> String {
        show::state(&self.ui, item.state)
    }
}

#[derive(askama::Template)]
#[template(path = "evidence/desk_empty.html")]
struct EmptyPage {
    ui: Ui,
}

/// The item that waits longest, or word that none does.
pub(super) async fn first(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Desk).or_fail(&req)?;
    let queue = req.read(queries::waiting).await.or_fail(&req)?;
    match queue.first().map(|line| line.item.number.clone()) {
        Some(number) => show_with(&req, queue, number).await,
        None => page(&req, &EmptyPage { ui: req.ui() }),
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::Desk).or_fail(&req)?;
    let queue = req.read(queries::waiting).await.or_fail(&req)?;
    show_with(&req, queue, number).await
}

async fn show_with(req: &Req, queue: Vec<ItemLine>, number: String) -> Answer {
    let of = number.clone();
    let whole = req.read(move |ctx, tx| queries::whole(ctx, tx, &of)).await.or_fail(req)?;
    let at = queue.iter().position(|line| line.item.number == number);
    let at = at.ok_or_else(|| Problem::conflict("evidence-not-waiting")).or_fail(req)?;
    let next = queue.get(at + 1).or(queue.first()).map(|line| line.item.number.clone());
    let ui = req.ui();
    let review = match whole.item.state {
        State::First => show::step(&ui, Step::PassFirst),
        State::Second => show::step(&ui, Step::PassSecond),
        _ => show::step(&ui, Step::File),
    };
    let view = DeskPage {
        of: view(&ui, &req.ctx, whole),
        next: next.filter(|next| *next != number).unwrap_or_default(),
        queue,
        review,
        ui,
    };
    page(req, &view)
}
