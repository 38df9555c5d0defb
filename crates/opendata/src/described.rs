//! The shapes of the answers, for the OpenAPI document. What is sent is put together where it is answered; that it has these
//! shapes is asked of the served program by a tester that reads the document.
#![expect(dead_code, reason = "only described, never made")]

use serde_json::Value;
use utoipa::ToSchema;

/// A link, as in RFC 8288.
#[derive(ToSchema)]
pub(crate) struct OgcLink {
    href: String,
    rel: String,
    r#type: String,
    title: String,
}

/// A collection and where its items are.
#[derive(ToSchema)]
pub(crate) struct OgcCollection {
    id: String,
    title: String,
    description: String,
    #[schema(rename = "itemType", pattern = "^feature$")]
    item_type: String,
    /// Its box, where anything has a place.
    extent: Value,
    /// Coordinate reference systems that may be asked for.
    crs: Vec<String>,
    #[schema(rename = "storageCrs")]
    storage_crs: String,
    license: String,
    links: Vec<OgcLink>,
}

#[derive(ToSchema)]
pub(crate) struct OgcCollections {
    links: Vec<OgcLink>,
    collections: Vec<OgcCollection>,
    crs: Vec<String>,
}

/// A Feature of GeoJSON (RFC 7946).
#[derive(ToSchema)]
pub(crate) struct OgcFeature {
    #[schema(pattern = "^Feature$")]
    r#type: String,
    /// Its number or code.
    id: String,
    #[schema(required)]
    geometry: Option<OgcGeometry>,
    /// Facts by name; what they are stands at the collection.
    properties: Value,
    /// Only where it is asked for by itself.
    #[schema(nullable = false)]
    links: Option<Vec<OgcLink>>,
}

#[derive(ToSchema)]
pub(crate) struct OgcGeometry {
    #[schema(pattern = "^(Multi)?(Point|LineString|Polygon)$")]
    r#type: String,
    /// Positions in the axes that the header `Content-Crs` names.
    coordinates: Vec<Value>,
}

/// A part of a collection.
#[derive(ToSchema)]
pub(crate) struct OgcItems {
    #[schema(pattern = "^FeatureCollection$")]
    r#type: String,
    #[schema(rename = "timeStamp", format = DateTime)]
    time_stamp: String,
    /// How many the filters let through.
    #[schema(rename = "numberMatched", required)]
    number_matched: Option<i64>,
    #[schema(rename = "numberReturned")]
    number_returned: i64,
    /// With `rel` `next` where there are more.
    links: Vec<OgcLink>,
    features: Vec<OgcFeature>,
}

/// A whole collection.
#[derive(ToSchema)]
pub(crate) struct OgcWhole {
    #[schema(pattern = "^FeatureCollection$")]
    r#type: String,
    features: Vec<OgcFeature>,
}
