//! The system administrator says which identity provider the city has. Who is who there is the security administrator's.

use crate::model::ProviderFacts;
use crate::policy::{self, Act, POLICY};
use crate::store::provider::{self, ONLY, ProviderRow};
use crate::store::units;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::{Event, Sealed, Tx};

/// `version`: that of the settings the form was shown with; 0 when there were none. The log never holds the secret.
pub fn configure_provider(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    facts: ProviderFacts,
    version: i64,
) -> Result<ProviderRow> {
    let root = units::root(tx)?.ok_or_else(Problem::not_found)?;
    POLICY.require(ctx, Act::ConfigureSignIn, &policy::of_unit(root.id), true)?;
    let facts = facts.checked()?;
    let before = provider::provider(tx)?;
    if before.as_ref().map_or(0, |p| p.version) != version {
        return Err(Problem::stale());
    }
    // a secret belongs to the client it was given to: it does not wander to another provider unseen
    let same_client = before.as_ref().filter(|p| p.issuer == facts.issuer && p.client_id == facts.client_id);
    let kept = same_client.map(|p| p.client_secret.clone()).unwrap_or_default();
    let row = ProviderRow {
        id: ONLY,
        client_secret: facts.client_secret.map_or(kept, Sealed::from),
        issuer: facts.issuer,
        client_id: facts.client_id,
        label_zh: facts.label_zh,
        label_en: facts.label_en,
        claim: facts.claim,
        factor_values: facts.factor_values,
        switched_on: facts.switched_on,
        passwords: facts.passwords,
        version: version.max(1),
    };
    match before {
        Some(_) => tx.save(&row)?,
        None => tx.insert(&row)?,
    }
    let event = Event::city("provider.configured")
        .with("issuer", &*row.issuer)
        .with("client", &*row.client_id)
        .with("claim", &*row.claim)
        .with("on", if row.switched_on { "yes" } else { "no" })
        .with("passwords", row.passwords.code())
        .with("factor", if row.factor_values.is_empty() { "own" } else { row.factor_values.as_str() });
    tx.record(ctx, event)?;
    Ok(row)
}
