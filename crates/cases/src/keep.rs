//! 保存期限: how long what is personal in cases is kept. A case and what it counts for stay for good.

use crate::store::erase;
use ::store::keep::{Days, Goes, Keep, Stays, Way, stays};

/// Who reported and who follows: needed until nobody may contest the result or ask back.
const REPORTERS: Keep = Keep {
    key: "case-reporter",
    tables: &["case_reporter", "case_follower", "case_voice", "case_extra"],
    days: Days::new(365, 90, 1825),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: erase::reporters_due, erase: erase::erase_reporters },
};

const WORDS: Keep = Keep {
    key: "case-words",
    tables: &[
        "case_file",
        "case_voice",
        "case_question",
        "case_look",
        "case_forward",
        "case_extra",
        "case_recording",
        "audit_text",
    ],
    days: Days::new(1095, 184, 3650),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: erase::words_due, erase: erase::erase_words },
};

const ORIGINALS: Keep = Keep {
    key: "case-originals",
    tables: &["case_photo", "file"],
    days: Days::new(365, 90, 1825),
    goes: Goes::File,
    laws: &["pipl-19", "pipl-28"],
    way: Way::Daily { count: erase::originals_due, erase: erase::erase_originals },
};

const PICTURES: Keep = Keep {
    key: "case-pictures",
    tables: &["case_photo", "case_cover", "file"],
    days: Days::new(1825, 365, 3650),
    goes: Goes::File,
    laws: &["pipl-19"],
    way: Way::Daily { count: erase::pictures_due, erase: erase::erase_pictures },
};

/// Voices: needed until the result can no longer be contested. Never longer than who reported or what was written is known.
const RECORDINGS: Keep = Keep {
    key: "case-recordings",
    tables: &["case_recording", "file"],
    days: Days::new(184, 30, 1095),
    goes: Goes::File,
    laws: &["pipl-19", "pipl-28"],
    way: Way::Daily { count: erase::recordings_due, erase: erase::erase_recordings },
};

pub(crate) const KEEPS: &[&Keep] = &[&REPORTERS, &WORDS, &ORIGINALS, &PICTURES, &RECORDINGS];

pub(crate) const STAYS: &[Stays] = &[
    stays("case_assisting", "case-record"),
    stays("case_pause", "case-record"),
    stays("case_request", "case-record"),
    stays("case_recurrence", "case-record"),
    stays("case_past", "case-record"),
    stays("case_past_fill", "state"),
    stays("catalogue_version", "settings"),
    stays("catalogue_item", "settings"),
    stays("catalogue_limit", "settings"),
    stays("catalogue_alias", "settings"),
    stays("catalogue_extra_set", "settings"),
    stays("catalogue_extra", "settings"),
];
