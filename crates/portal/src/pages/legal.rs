//! What a public site must say about itself: privacy, accessibility, who runs it.

use web::error::{Answer, page as render};
use web::{Req, Ui};

#[derive(askama::Template)]
#[template(path = "legal.html")]
struct Legal {
    ui: Ui,
    title: String,
    lead: String,
    /// Heading and text.
    sections: Vec<(String, String)>,
    version: String,
}

/// Of the texts, with the day since which they hold. Whoever changes what they say counts on.
const VERSION: u32 = 1;
const SINCE: &str = "2026-11-25";

/// A page of the texts `<name>-1` (heading `.title`), `<name>-2` … as many as there are.
fn answer(req: &Req, name: &str) -> Answer {
    let ui = req.ui();
    let city = ui.city.clone();
    let section = |n: usize| {
        let key = format!("{name}-{n}");
        let title = ui.maybe(format!("{key}.title"))?;
        Some((title, ui.ta(key, [("city", city.clone())])))
    };
    let sections = (1..).map_while(section).collect();
    let since = kernel::time::parse_date(SINCE).map_or_else(String::new, |day| ui.date(&day));
    let page = Legal {
        title: ui.t(format!("{name}-title")),
        lead: ui.t(format!("{name}-lead")),
        version: ui.ta("legal-version", [("version", VERSION.to_string()), ("date", since)]),
        sections,
        ui,
    };
    render(req, &page)
}

pub(crate) async fn privacy(req: Req) -> Answer {
    answer(&req, "privacy")
}

pub(crate) async fn accessibility(req: Req) -> Answer {
    answer(&req, "accessibility")
}

pub(crate) async fn about(req: Req) -> Answer {
    answer(&req, "about")
}
