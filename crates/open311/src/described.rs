//! The shapes of the answers, for the OpenAPI document. What is sent is made in [`crate::shapes`]; that it has these shapes
//! is asked of the served program by a tester that reads the document.
#![expect(dead_code, reason = "only described, never made")]

use utoipa::ToSchema;

/// A kind of problem that may be reported.
#[derive(ToSchema)]
pub(crate) struct GeoReportService {
    service_code: String,
    service_name: String,
    description: String,
    /// Whether there is a definition with attributes.
    metadata: bool,
    #[schema(pattern = "^realtime$")]
    r#type: String,
    /// Separated by commas.
    keywords: String,
    group: String,
}

/// The further fields of a service.
#[derive(ToSchema)]
pub(crate) struct GeoReportDefinition {
    service_code: String,
    attributes: Vec<GeoReportAttribute>,
}

#[derive(ToSchema)]
pub(crate) struct GeoReportAttribute {
    /// Whether something is to be filled in.
    variable: bool,
    code: String,
    #[schema(pattern = "^(text|number|singlevaluelist|multivaluelist)$")]
    datatype: String,
    required: bool,
    #[schema(required)]
    datatype_description: Option<String>,
    order: i64,
    description: String,
    values: Vec<GeoReportValue>,
}

#[derive(ToSchema)]
pub(crate) struct GeoReportValue {
    key: String,
    name: String,
}

/// A request as everybody may see it; what is not known is null.
#[derive(ToSchema)]
pub(crate) struct GeoReportRequest {
    service_request_id: String,
    #[schema(pattern = "^(open|closed)$")]
    status: String,
    status_notes: String,
    service_name: String,
    /// `other` for what is of no kind of the catalogue.
    service_code: String,
    #[schema(required)]
    description: Option<String>,
    #[schema(required)]
    agency_responsible: Option<String>,
    service_notice: String,
    #[schema(format = DateTime)]
    requested_datetime: String,
    #[schema(format = DateTime)]
    updated_datetime: String,
    #[schema(required, format = DateTime)]
    expected_datetime: Option<String>,
    #[schema(required)]
    address: Option<String>,
    #[schema(required)]
    address_id: Option<String>,
    #[schema(required)]
    zipcode: Option<String>,
    /// WGS 84 degrees.
    #[schema(required)]
    lat: Option<f64>,
    #[schema(required)]
    long: Option<f64>,
    #[schema(required)]
    media_url: Option<String>,
    /// Only with `extensions=true`.
    #[schema(nullable = false)]
    extended_attributes: Option<GeoReportExtended>,
}

/// What the specification does not know.
#[derive(ToSchema)]
pub(crate) struct GeoReportExtended {
    title: String,
    /// Code of the case's state.
    state: String,
    #[schema(required)]
    division: Option<String>,
    followers: i64,
    #[schema(required, format = DateTime)]
    closed_datetime: Option<String>,
    #[schema(required)]
    on_time: Option<bool>,
    #[schema(required)]
    media_url_after: Option<String>,
}

/// Where a request that was just sent is found again.
#[derive(ToSchema)]
pub(crate) struct GeoReportReceipt {
    service_request_id: String,
    service_notice: String,
    #[schema(required)]
    account_id: Option<String>,
}

#[derive(ToSchema)]
pub(crate) struct GeoReportToken {
    service_request_id: String,
    token: String,
}

/// A step of a request.
#[derive(ToSchema)]
pub(crate) struct GeoReportUpdate {
    update_id: String,
    service_request_id: String,
    #[schema(pattern = "^(open|closed)$")]
    status: String,
    #[schema(format = DateTime)]
    updated_datetime: String,
    description: String,
    #[schema(required)]
    media_url: Option<String>,
}

#[derive(ToSchema)]
pub(crate) struct GeoReportUpdateReceipt {
    update_id: String,
}

/// What is wrong; several at once.
#[derive(ToSchema)]
pub(crate) struct GeoReportError {
    /// The status of the answer.
    code: i64,
    description: String,
}

/// Form fields of a report.
#[derive(ToSchema)]
pub(crate) struct GeoReportSent {
    /// A key made for reports; may stand in the header `Authorization` instead.
    api_key: Option<String>,
    service_code: String,
    /// WGS 84 degrees; a place or an address is needed.
    lat: Option<f64>,
    long: Option<f64>,
    address_string: Option<String>,
    description: Option<String>,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    /// The address of a picture that lies elsewhere; may come several times. Pictures themselves are parts named `media`.
    media_url: Option<String>,
    /// The code of a section or a site, in place of a position.
    address_id: Option<String>,
    /// The number of the report in the sender's own system: sent twice it stands here once.
    #[schema(rename = "attribute[external_id]")]
    external_id: Option<String>,
}

/// Form fields of an update.
#[derive(ToSchema)]
pub(crate) struct GeoReportUpdateSent {
    api_key: Option<String>,
    service_request_id: String,
    /// The sender's number of this update.
    update_id: String,
    description: String,
}
