//! What a city can set.

use store::settings::Setting;

/// Days without a success after which an endpoint that fails is stopped.
pub const DAYS_UNTIL_STOPPED: Setting<i64> = Setting::new("hook-days-until-stopped", || 5);
