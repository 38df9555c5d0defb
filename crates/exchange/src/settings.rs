//! What a city can set.

use store::settings::Setting;

/// The hour of the night (China time) from which partners are compared with.
pub const COMPARE_HOUR: Setting<i64> = Setting::new("exchange-compare-hour", || 2);
