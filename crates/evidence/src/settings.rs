//! What the city decides about asking.

use ::store::settings::Setting;

/// How many requests one unit may get in a month; 0: as many as there are.
pub const QUOTA: Setting<i64> = Setting::new("evidence-quota", || 0);

/// Largest value of [`QUOTA`].
pub const MOST_QUOTA: i64 = 200;
