//! 疑似同一问题: open cases that look like one, on a map and as a list, to be merged into the first of them.

use crate::pages::shared;
use crate::pages::shown::{CityMap, state_text};
use crate::policy::{Act, POLICY, city};
use crate::queries::{Cluster, Member, clusters};
use crate::rules::RULES;
use axum::http::header;
use axum::response::IntoResponse;
use kernel::problem::Result;
use kernel::time::Instant;
use serde_json::{Value, json};
use web::error::{OrFail, page};
use web::{Answer, Req, Ui};

/// Most clusters of the page, the largest first; what is merged makes room for the next.
const SHOWN: usize = 50;

#[derive(askama::Template)]
#[template(path = "cases/clusters.html")]
struct ClustersPage {
    ui: Ui,
    map: CityMap,
    clusters: Vec<ClusterView>,
    /// How many clusters there are, and cases in them beside the first ones.
    count: usize,
    spare: usize,
}

struct ClusterView {
    first: MemberView,
    others: Vec<MemberView>,
}

struct MemberView {
    number: String,
    title: String,
    address: String,
    state: String,
    mood: &'static str,
    reported_at: Instant,
    /// Per cent of likeness with the first, and metres from it; 0 for the first itself.
    alike: u32,
    metres: i64,
}

fn member(ui: &Ui, of: &Member, alike: u32, metres: f64) -> MemberView {
    MemberView {
        number: of.number.clone(),
        title: of.title.clone(),
        address: of.address.clone(),
        state: state_text(ui, of.state),
        mood: of.state.mood(),
        reported_at: of.reported_at,
        alike,
        metres: shared::metres(metres),
    }
}

/// The clusters by the city's own threshold, for whoever may merge.
pub(crate) async fn read(req: &Req) -> Result<Vec<Cluster>> {
    req.read(|ctx, tx| {
        if !POLICY.somewhere(ctx, Act::Merge) {
            POLICY.require(ctx, Act::Merge, &city(), true)?;
        }
        let rules = RULES.get(tx)?;
        clusters(ctx, tx, rules.alike_percent)
    })
    .await
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let found = read(&req).await.or_fail(&req)?;
    let ui = req.ui();
    let view = |cluster: &Cluster| ClusterView {
        first: member(&ui, &cluster.first, 0, 0.0),
        others: cluster.others.iter().map(|(m, alike, metres)| member(&ui, m, *alike, *metres)).collect(),
    };
    let shown = ClustersPage {
        map: CityMap::new(&index, None),
        count: found.len(),
        spare: found.iter().map(|c| c.others.len()).sum(),
        clusters: found.iter().take(SHOWN).map(view).collect(),
        ui,
    };
    page(&req, &shown)
}

fn feature(ui: &Ui, of: &Member, is_first: bool, size: usize) -> Value {
    let title =
        if is_first { format!("{} · {}", of.title, ui.n("cluster-size", size)) } else { of.title.clone() };
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [of.lng, of.lat] },
        "properties": {
            "layer": "cases",
            "title": title,
            "text": of.number,
            "state": if is_first { "late" } else { "soon" },
            "state_text": state_text(ui, of.state),
            "href": format!("/cases/{}", of.number),
        },
    })
}

/// `GET /geo/clusters.json`: the same clusters as dots.
pub(crate) async fn geo(req: Req) -> Answer {
    let found = read(&req).await.or_fail(&req)?;
    let ui = req.ui();
    let features: Vec<Value> = found
        .iter()
        .take(SHOWN)
        .flat_map(|c| {
            let size = c.others.len() + 1;
            let others = c.others.iter().map(|(m, _, _)| feature(&ui, m, false, size));
            others.chain([feature(&ui, &c.first, true, size)]).collect::<Vec<_>>()
        })
        .collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let fixed =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, max-age=30")];
    Ok((fixed, body).into_response())
}
