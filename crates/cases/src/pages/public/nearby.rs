//! What others have reported close by, while somebody reports.

use crate::alike::Look;
use crate::forms;
use crate::pages::{shared, shown};
use crate::policy::{Act, POLICY, visible_to};
use crate::queries::{Near, nearby};
use crate::rules::RULES;
use kernel::coords::Point;
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui};

/// How near a case must be to be the same problem.
const NEAR_M: f64 = 80.0;

#[derive(askama::Template)]
#[template(path = "cases/nearby.html")]
struct Nearby {
    ui: Ui,
    /// The street or division that the pin stands on; empty outside the city.
    place: String,
    outside: bool,
    near: Vec<NearLine>,
    staff: bool,
}

struct NearLine {
    number: String,
    title: String,
    state: String,
    metres: i64,
    reported: String,
    /// Whether it is probably the same problem.
    alike: bool,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let number = |name: &str| params.get(name).parse::<f64>().ok();
    let point = number("lng").zip(number("lat")).and_then(|(lng, lat)| Point::checked(lng, lat));
    let ui = req.ui();
    let Some(point) = point else {
        let (place, near) = (String::new(), Vec::new());
        return page(&req, &Nearby { ui, place, outside: false, near, staff: false });
    };
    let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
    let named = |name: &str| forms::item(&desk.catalogue, "kind", params.get(name)).ok().flatten();
    let item = named("kind").or_else(|| named("other_kind"));
    // who may see every case is shown what nobody has confirmed yet, too, and led to the case's own page
    let staff = POLICY.somewhere(&req.ctx, Act::View) && visible_to(&req.ctx).all;
    let look = Look::new(Some(point), req.ctx.now, item, params.get("description"));
    let (near, rules) = req
        .read(move |_, tx| Ok((nearby(tx, &look, NEAR_M, None, !staff)?, RULES.get(tx)?)))
        .await
        .or_fail(&req)?;
    let located = index.locate(point);
    let section = located.section.map(|s| s.name.to_string()).unwrap_or_default();
    let place = format!("{} {section}", index.division_name(located.division)).trim().to_owned();
    let line = |n: Near| NearLine {
        title: if staff { n.title } else { shown::Masked::of(&n.strikes, &n.title, "", "").title },
        state: shown::state_text(&ui, n.state),
        metres: shared::metres(n.distance_m),
        alike: n.alike >= rules.alike_percent,
        reported: ui.ago(&n.reported_at),
        number: n.number,
    };
    let near = near.into_iter().map(line).collect();
    page(&req, &Nearby { place, outside: !located.inside_city, near, staff, ui })
}
