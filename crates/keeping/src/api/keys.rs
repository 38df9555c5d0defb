//! Data keys, for reading only: a new one is made at the page or at the command line.

use crate::policy::{Act, POLICY};
use ::store::sealed::uses;
use kernel::policy::Standing;
use kernel::problem::Problem;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::json;
use web::error::OrFail;
use web::{Answer, Req};

/// A key, never the key itself.
#[derive(Serialize, ToSchema)]
pub(super) struct DataKey {
    number: u32,
    /// `aes-256-gcm`, `sm4-gcm`.
    cipher: &'static str,
    made_at: String,
    fingerprint: String,
    /// Used for what is sealed from now on.
    current: bool,
    /// How many texts are sealed with it.
    texts: i64,
}

#[derive(Serialize, ToSchema)]
pub(super) struct DataKeys {
    items: Vec<DataKey>,
}

/// With which keys personal data are sealed, and how far a rotation has come. Counts all sealed texts.
#[utoipa::path(get, path = "/api/v1/admin/data-keys", tag = "keeping", operation_id = "listDataKeys",
    responses((status = 200, body = DataKeys, description = "keys in the key file, oldest first")))]
pub(super) async fn keys(req: Req) -> Answer {
    POLICY.require(&req.ctx, Act::SeeKeys, &Standing::city(), true).or_fail(&req)?;
    let db = req.db().clone();
    let found = tokio::task::spawn_blocking(move || uses(&db)).await.map_err(Problem::internal);
    let found = found.and_then(|found| found).or_fail(&req)?;
    let items = found.into_iter().map(|key| DataKey {
        number: key.card.number,
        cipher: key.card.algorithm.code(),
        made_at: key.card.made_at,
        fingerprint: key.card.print,
        current: key.card.current,
        texts: key.texts,
    });
    json(&req, &DataKeys { items: items.collect() })
}
