//! What pages, the API and other areas read of units and people.

mod directory;
mod grants;
mod people;
mod provider;
mod units;

pub use directory::{DirectoryLine, Found, Unfound, UnitBook, directory};
pub use grants::{
    Addressee, DelegationLine, GrantFilter, GrantLine, Holder, delegations_of, grants, grants_count,
    grants_of, holders_of, people_of_unit_with_role,
};
pub use people::{
    AccountFilter, AccountLine, Proofs, accounts, accounts_count, accounts_visible, api_keys, authenticators,
    consents, factors_of_waiting, owed_in, people_count, person, person_by_login, person_name, person_names,
    proofs, session, sessions,
};
pub use provider::{IdentityLine, identities, identity_count, identity_lines, linked_count, provider};
pub use units::{
    KindRow, UnitFilter, UnitLine, UnitOption, above, active_units, all_units_options, kind_names, kinds,
    root, successor, unit, unit_by_code, unit_name, unit_names, units, units_count, units_of_kinds,
    units_under,
};
