//! How long people are named in the register of streets.

use crate::store;
use ::store::keep::{Days, Goes, Keep, Stays, Way, stays};

/// Who answered for a stretch, and by which telephone.
const CONTACTS: Keep = Keep {
    key: "street-contacts",
    tables: &["adoption"],
    days: Days::new(365, 30, 1825),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: store::contacts_due, erase: store::forget_contacts },
};

/// Who walked, on which day: near to a person's track, which is sensitive (个人信息保护法 art. 28).
const WALKERS: Keep = Keep {
    key: "patrols",
    tables: &["patrol"],
    days: Days::new(365, 30, 1095),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-28"],
    way: Way::Daily { count: store::walkers_due, erase: store::forget_walkers },
};

pub(crate) const KEEPS: &[&Keep] = &[&CONTACTS, &WALKERS];
pub(crate) const STAYS: &[Stays] = &[stays("street_standard", "settings"), stays("street_version", "state")];
