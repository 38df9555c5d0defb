//! What a city can set.

use store::settings::Setting;

/// Days for which changes and messages that have ended are kept. The audit log keeps what became of cases.
pub const DAYS_KEPT: Setting<i64> = Setting::new("exchange-days-kept", || 90);

/// The hour of the night (China time) from which partners are compared with.
pub const COMPARE_HOUR: Setting<i64> = Setting::new("exchange-compare-hour", || 2);
