//! What a city says of its data.

use store::settings::Setting;

/// Under which licence the data may be used, as the city words it. Empty: the program's own sentence.
pub const LICENCE: Setting<String> = Setting::new("open-data-licence", String::new);
