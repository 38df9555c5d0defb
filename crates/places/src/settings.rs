//! What a city decides about its places.

use kernel::calendar::DutyHours;
use store::settings::Setting;

/// How far from a street's axis, in metres, a place still counts as being on it. A trunk road with its pavements is some
/// 60 m wide; a phone's fix adds ten or twenty.
pub const SECTION_MAX_DISTANCE: Setting<f64> = Setting::new("section-max-distance-m", || 60.0);

/// Hours of duty by weekday, from Monday.
pub const DUTY_HOURS: Setting<DutyHours> = Setting::new("duty-hours", DutyHours::default);
