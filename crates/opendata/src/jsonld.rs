//! The same for search engines, in schema.org's words.

use crate::collection::{ALL, Collection};
use crate::item::Item;
use crate::shape::Shape;
use serde_json::{Value, json};
use web::Ui;

fn city(ui: &Ui) -> Value {
    json!({ "@type": "GovernmentOrganization", "name": ui.ta("foot-office", [("city", ui.city.clone())]), "url": ui.base_url() })
}

/// Everything there is, as data sets with their files.
pub fn catalogue(ui: &Ui, licence: &str) -> Value {
    let sets: Vec<Value> = ALL.into_iter().map(|c| dataset(ui, c, licence)).collect();
    json!({
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": ui.ta("open-title", [("city", ui.city.clone())]),
        "url": format!("{}/open-data", ui.base_url()),
        "publisher": city(ui),
        "dataset": sets,
    })
}

pub fn dataset(ui: &Ui, of: &Collection, licence: &str) -> Value {
    let base = ui.base_url();
    json!({
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": ui.t(format!("collection-{}", of.id)),
        "description": ui.t(format!("collection-{}.lead", of.id)),
        "url": format!("{base}/ogc/collections/{}", of.id),
        "license": licence,
        "isAccessibleForFree": true,
        "creator": city(ui),
        "distribution": [{
            "@type": "DataDownload",
            "encodingFormat": "application/geo+json",
            "contentUrl": format!("{base}/ogc/download/{}.geojson", of.id),
        }],
    })
}

/// One item: a report for a case, a place for the rest.
pub fn item(ui: &Ui, of: &Collection, item: &Item) -> Value {
    let text = |name: &str| item.fact(name).cloned().unwrap_or(Value::Null);
    let geo = match &item.shape {
        Some(Shape::Point(p)) => json!({ "@type": "GeoCoordinates", "longitude": p.lng, "latitude": p.lat }),
        Some(shape) => shape.bbox().map_or(Value::Null, |b| {
            json!({ "@type": "GeoShape", "box": format!("{} {} {} {}", b.south, b.west, b.north, b.east) })
        }),
        None => Value::Null,
    };
    if of.id == "cases" {
        return json!({
            "@context": "https://schema.org",
            "@type": "Report",
            "identifier": item.id,
            "reportNumber": item.id,
            "name": text("title"),
            "description": text("description"),
            "about": text("kind"),
            "datePublished": text("reported_at"),
            "dateModified": text("updated_at"),
            "image": text("before"),
            "url": text("url"),
            "publisher": city(ui),
            "contentLocation": { "@type": "Place", "address": text("address"), "geo": geo },
        });
    }
    let kind = if of.id == "divisions" { "AdministrativeArea" } else { "Place" };
    json!({
        "@context": "https://schema.org", "@type": kind, "identifier": item.id, "name": text("name"), "geo": geo,
        "containedInPlace": { "@type": "City", "name": ui.city },
    })
}

/// As a block in a page: the browser takes it for data, so no policy has to allow it; only the end of the block must not come early.
pub fn block(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
