//! Trying a provider out, one step after another, so that an administrator sees which one fails and why.

use super::discovery::{discover, keys};
use super::exchange::redeem;
use super::{Client, Fault};
use store::secrets::random_word;
use web::outgoing::Outgoing;

/// A step of the trial; `name` is that of the text `provider-step-<name>`.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: &'static str,
    pub outcome: Result<(), Fault>,
}

/// Finds the provider, reads its keys, and shows it our id and secret with a code that nobody was given: a provider that
/// knows us refuses the code, one that does not refuses us. Ends with the first step that fails.
pub fn check(outgoing: &Outgoing, issuer: &str, client: &Client) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut passed = |name, outcome: Result<(), Fault>| {
        let passed = outcome.is_ok();
        steps.push(Step { name, outcome });
        passed
    };
    match discover(outgoing, issuer) {
        Err(fault) => {
            passed("discovery", Err(fault));
        }
        Ok(metadata) => {
            passed("discovery", Ok(()));
            if passed("keys", keys(outgoing, &metadata).map(drop)) {
                let verifier = format!("{}{}", random_word(), random_word());
                let outcome = match redeem(outgoing, &metadata, client, &random_word(), &verifier) {
                    Err(Fault { code: "code", .. }) | Ok(_) => Ok(()),
                    Err(fault) => Err(fault),
                };
                passed("client", outcome);
            }
        }
    }
    steps
}
