//! Keys by which a person's programs act for them.

use super::told;
use crate::model::ApiKey;
use crate::recognise::fingerprint;
use crate::settings::API_KEY_DAYS;
use crate::store::accounts;
use crate::store::sessions::{self, ApiKeyRow};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::DAY;
use kernel::workflow::Named;
use store::{Event, Tx};
use web::scope::Scope;

/// The key itself is shown once, and stored as its fingerprint only.
pub fn make_api_key(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    name: &str,
    scope: Scope,
    days: i64,
) -> Result<(ApiKeyRow, String)> {
    let account = accounts::own(tx, ctx)?;
    let longest = API_KEY_DAYS.get(tx)?;
    if !(1..=longest).contains(&days) {
        return Err(Problem::invalid(vec![FieldError::new("key_days", "days-between").arg("max", longest)]));
    }
    if name.trim().is_empty() {
        return Err(Problem::field("key_name", "required"));
    }
    let key = format!("cc_{}", store::secrets::random_word());
    let row = ApiKeyRow {
        id: tx.new_id(),
        account_id: account.id,
        name: name.trim().to_owned(),
        key_hash: fingerprint(&key),
        starts: key[..8].to_owned(),
        scope,
        created_at: ctx.now,
        expires_at: ctx.now.plus(days * DAY),
        seen_at: None,
        revoked_at: None,
        version: 1,
    };
    tx.insert(&row)?;
    tx.record(
        ctx,
        told(Event::new("account.key-made", account.id), &account)
            .with("key", &*row.name)
            .with("scope", scope.code()),
    )?;
    Ok((row, key))
}

pub fn revoke_api_key(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<ApiKey>) -> Result<()> {
    let account = accounts::own(tx, ctx)?;
    let mut key =
        sessions::find_key(tx, id)?.filter(|k| k.account_id == account.id).ok_or_else(Problem::not_found)?;
    if key.revoked_at.is_some() {
        return Err(Problem::conflict("key-revoked"));
    }
    key.revoked_at = Some(ctx.now);
    tx.save(&key)?;
    tx.record(ctx, told(Event::new("account.key-revoked", account.id), &account).with("key", key.name))
}
