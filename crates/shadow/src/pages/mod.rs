//! The pages, one resource a file.

mod list;
mod plan;
mod repairs;
mod show;

use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let see = Access::Action("shadow-see");
    let plan = Access::Action("shadow-plan");
    Routes::new()
        .get("/shadow", see, list::page_of)
        .get("/shadow/{number}", see, show::page_of)
        .get("/shadow/{number}/repairs", see, repairs::page_of)
        .get("/shadow/{number}/plan", plan, plan::page_of)
        .post("/shadow/{number}/plan", plan, plan::save)
}

/// `73.25%`.
fn percent(share: &scoring::Exact) -> String {
    format!("{}%", (share * &scoring::Exact::from(100)).shown(2))
}

/// `73.25%`, of a number from 0 to 1.
fn percent_of(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

fn points(points: &scoring::Exact) -> String {
    points.shown(2)
}
