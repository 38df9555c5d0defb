//! The beginning of the map interface: what it is, what it keeps to, what there is.

use super::answer::{Browse, Format, begin, json_answer, link, own_links};
use crate::collection::{ALL, Collection, named};
use crate::described::OgcCollections;
use crate::jsonld;
use crate::settings::LICENCE;
use crate::shape::{CRS84, EPSG4490};
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use serde_json::{Value, json};
use web::error::{OrFail, page};
use web::{Answer, Path, Req, Ui};

pub(super) const CONFORMS: [&str; 5] = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
];

/// The city's own words on how its data may be used, or the program's.
pub(super) async fn licence(req: &Req) -> Result<String> {
    let set = req.read(|_, tx| LICENCE.get(tx)).await?;
    Ok(if set.is_empty() { req.app.texts().get(req.ctx.locale, "open-licence", &[]) } else { set })
}

pub(super) fn title(ui: &Ui) -> String {
    ui.ta("open-title", [("city", ui.city.clone())])
}

pub(super) async fn landing(req: Req) -> Answer {
    let (_, format) = begin(&req, &[]).or_fail(&req)?;
    let ui = req.ui();
    if format == Format::Html {
        let links = vec![
            ("/ogc/collections?f=html".to_owned(), ui.t("ogc-collections")),
            ("/ogc/conformance?f=html".to_owned(), ui.t("ogc-conformance")),
            ("/ogc/api?f=html".to_owned(), ui.t("ogc-api")),
            ("/open-data".to_owned(), ui.t("open-heading")),
        ];
        let (title, lead) = (title(&ui), ui.t("ogc-lead"));
        return browse(&req, Browse { ui, title, lead, links, ..empty(&req) });
    }
    let base = ui.base_url();
    let mut links = own_links(&req, &ui, "application/json");
    links.extend([
        link(
            "service-desc",
            "application/vnd.oai.openapi+json;version=3.0",
            format!("{base}/ogc/api?f=json"),
            &ui.t("ogc-api"),
        ),
        link("service-doc", "text/html", format!("{base}/developers"), &ui.t("developers-title")),
        link(
            "conformance",
            "application/json",
            format!("{base}/ogc/conformance?f=json"),
            &ui.t("ogc-conformance"),
        ),
        link("data", "application/json", format!("{base}/ogc/collections?f=json"), &ui.t("ogc-collections")),
    ]);
    Ok(json_answer(&json!({ "title": title(&ui), "description": ui.t("ogc-lead"), "links": links })))
}

pub(super) fn empty(req: &Req) -> Browse {
    let ui = req.ui();
    let crumbs = vec![
        ("/open-data".to_owned(), ui.t("open-heading")),
        ("/ogc/?f=html".to_owned(), ui.t("ogc-heading")),
    ];
    Browse {
        title: String::new(),
        lead: String::new(),
        crumbs,
        links: Vec::new(),
        head: Vec::new(),
        rows: Vec::new(),
        count: String::new(),
        next: String::new(),
        block: String::new(),
        ui,
    }
}

pub(super) fn browse(req: &Req, shown: Browse) -> Answer {
    page(req, &shown)
}

pub(super) async fn conformance(req: Req) -> Answer {
    let (_, format) = begin(&req, &[]).or_fail(&req)?;
    if format == Format::Html {
        let ui = req.ui();
        let links = CONFORMS.map(|c| (c.to_owned(), c.to_owned())).to_vec();
        return browse(&req, Browse { title: ui.t("ogc-conformance"), links, ..empty(&req) });
    }
    Ok(json_answer(&json!({ "conformsTo": CONFORMS })))
}

fn described(ui: &Ui, of: &Collection, index: &PlaceIndex, licence: &str) -> Value {
    let base = ui.base_url();
    let own = format!("{base}/ogc/collections/{}", of.id);
    let name = ui.t(format!("collection-{}", of.id));
    let spatial =
        index.extent().map(|b| json!({ "bbox": [[b.west, b.south, b.east, b.north]], "crs": CRS84 }));
    let mut extent = json!({});
    if let Some(spatial) = spatial {
        extent["spatial"] = spatial;
    }
    json!({
        "id": of.id,
        "title": name,
        "description": ui.t(format!("collection-{}.lead", of.id)),
        "itemType": "feature",
        "extent": extent,
        "crs": [CRS84, EPSG4490],
        "storageCrs": EPSG4490,
        "license": licence,
        "links": [
            link("self", "application/json", format!("{own}?f=json"), &name),
            link("alternate", "text/html", format!("{own}?f=html"), &name),
            link("items", "application/geo+json", format!("{own}/items?f=json"), &name),
            link("items", "text/html", format!("{own}/items?f=html"), &name),
            link("enclosure", "application/geo+json", format!("{base}/ogc/download/{}.geojson", of.id), &ui.t("open-whole")),
        ],
    })
}

/// What there is.
#[utoipa::path(get, path = "/ogc/collections", tag = "open-data", operation_id = "listCollections",
    params(("f" = Option<String>, Query, description = "json or html")),
    responses((status = 200, description = "collections, each with its links",
            content((OgcCollections = "application/json"), (String = "text/html"))),
        (status = 400, description = "a parameter that is not known")))]
pub(super) async fn collections(req: Req) -> Answer {
    let (_, format) = begin(&req, &[]).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let licence = licence(&req).await.or_fail(&req)?;
    let ui = req.ui();
    if format == Format::Html {
        let row = |c: &Collection| {
            vec![
                (ui.t(format!("collection-{}", c.id)), format!("/ogc/collections/{}?f=html", c.id)),
                (ui.t(format!("collection-{}.lead", c.id)), String::new()),
            ]
        };
        let rows = ALL.into_iter().map(row).collect();
        let block = jsonld::block(&jsonld::catalogue(&ui, &licence));
        let head = vec![ui.t("open-collection"), ui.t("open-what")];
        return browse(
            &req,
            Browse { title: ui.t("ogc-collections"), lead: licence, head, rows, block, ..empty(&req) },
        );
    }
    let all: Vec<Value> = ALL.into_iter().map(|c| described(&ui, c, &index, &licence)).collect();
    let links = own_links(&req, &ui, "application/json");
    Ok(json_answer(&json!({ "links": links, "collections": all, "crs": [CRS84, EPSG4490] })))
}

pub(super) async fn collection(req: Req, Path(id): Path<String>) -> Answer {
    let of = named(&id).ok_or_else(Problem::not_found).or_fail(&req)?;
    let (_, format) = begin(&req, &[]).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let licence = licence(&req).await.or_fail(&req)?;
    let ui = req.ui();
    match format {
        Format::Json => Ok(json_answer(&described(&ui, of, &index, &licence))),
        Format::JsonLd => {
            Ok(super::answer::data("application/ld+json", jsonld::dataset(&ui, of, &licence).to_string()))
        }
        Format::Html => {
            let links = vec![
                (format!("/ogc/collections/{id}/items?f=html"), ui.t("open-items")),
                (format!("/ogc/download/{id}.geojson"), ui.t("open-whole")),
                (format!("/ogc/collections/{id}?f=json"), "JSON".to_owned()),
            ];
            let row = |(name, kind): &(&str, &str)| {
                vec![
                    ((*name).to_owned(), String::new()),
                    ((*kind).to_owned(), String::new()),
                    (ui.t(format!("open-fact-{name}")), String::new()),
                ]
            };
            let rows = of.facts.iter().map(row).collect();
            let mut shown = empty(&req);
            shown.crumbs.push(("/ogc/collections?f=html".to_owned(), ui.t("ogc-collections")));
            let block = jsonld::block(&jsonld::dataset(&ui, of, &licence));
            let head = vec![ui.t("open-fact"), ui.t("open-kind"), ui.t("open-what")];
            let (title, lead) = (ui.t(format!("collection-{id}")), ui.t(format!("collection-{id}.lead")));
            browse(&req, Browse { title, lead, links, head, rows, block, ..shown })
        }
    }
}
