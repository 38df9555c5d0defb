//! What a city may decide about its people's accounts. Times of sessions hold for sessions begun after a change.

use store::settings::Setting;

/// Hours without a request after which a session ends.
pub const SESSION_IDLE_HOURS: Setting<i64> = Setting::new("session-idle-hours", || 8);
/// Days after which a session ends in any case.
pub const SESSION_DAYS: Setting<i64> = Setting::new("session-days", || 30);
/// Days after which a password has to be changed; 0 for never, as NIST SP 800-63B advises. GB/T 22239 wants some.
pub const PASSWORD_DAYS: Setting<i64> = Setting::new("password-days", || 0);
/// Whether the three administrators must use a second factor: without it, their roles rest.
pub const ADMINISTRATORS_NEED_FACTOR: Setting<bool> =
    Setting::new("administrators-need-second-factor", || true);
/// Most days an API key lives.
pub const API_KEY_DAYS: Setting<i64> = Setting::new("api-key-days", || 365);
