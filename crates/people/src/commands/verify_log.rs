//! The auditor has the whole chain of the log checked; that it was, and what was found, is itself in the log.

use crate::policy::{Act, POLICY};
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::Result;
use store::audit::Verdict;
use store::{Event, Tx};

/// `verdict`: from [`store::audit::verify`] in a read: it walks the whole log, which must not hold up the writer.
pub fn verify_log(tx: &mut Tx<'_>, ctx: &Ctx, verdict: &Verdict) -> Result<()> {
    POLICY.require(ctx, Act::ReadLog, &Standing::city(), true)?;
    let event = match verdict {
        Verdict::Whole { links, lanes } => {
            Event::city("audit.verified-whole").with("count", *links).with("lanes", *lanes)
        }
        Verdict::Broken { lane, seq, fault, .. } => {
            // the words of the command line, as the end of a text's key
            let fault = fault.replace(' ', "-");
            Event::city("audit.verified-broken").with("lane", *lane).with("seq", *seq).with("fault", fault)
        }
    };
    tx.record(ctx, event)
}
