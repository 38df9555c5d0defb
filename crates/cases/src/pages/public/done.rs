//! The receipt of a report.

use crate::model::Case;
use crate::pages::{shared, shown};
use crate::store as rows;
use kernel::problem::Problem;
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::Deadline;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/done.html")]
struct DonePage {
    ui: Ui,
    case: Case,
    /// Address of the status page, in pieces between which a narrow screen may break it.
    link: Vec<String>,
    href: String,
    /// By when somebody will have looked.
    due: Option<Deadline>,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let token = params.get("t").to_owned();
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    let case =
        req.read(move |_, tx| rows::case(tx, id)?.ok_or_else(Problem::not_found)).await.or_fail(&req)?;
    let ui = req.ui();
    let due = shown::deadline(&ui, &desk, &(&case).into(), case.stage_provisional, case.parked_until);
    let href = format!("/r/{token}");
    page(&req, &DonePage { link: pieces(&format!("{}{href}", ui.base_url())), href, due, case, ui })
}

fn pieces(link: &str) -> Vec<String> {
    link.as_bytes().chunks(8).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect()
}
