//! What the city decides about its signs and public pages.

use kernel::masking::{Audience, mask_name};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

/// How the name of whoever answers for a stretch is shown to everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LeaderShown {
    /// 张**
    #[default]
    Masked,
    Whole,
    Hidden,
}

impl LeaderShown {
    pub const ALL: [LeaderShown; 3] = [LeaderShown::Masked, LeaderShown::Whole, LeaderShown::Hidden];

    pub fn code(self) -> &'static str {
        match self {
            LeaderShown::Masked => "masked",
            LeaderShown::Whole => "whole",
            LeaderShown::Hidden => "hidden",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The name as everybody sees it.
    pub fn apply(self, name: &str) -> String {
        match self {
            LeaderShown::Masked => mask_name(name, Audience::Public),
            LeaderShown::Whole => name.to_owned(),
            LeaderShown::Hidden => String::new(),
        }
    }
}

/// The number on every sign that is answered day and night.
pub const HOTLINE: Setting<String> = Setting::new("streets-hotline", || "12345".to_owned());

pub const LEADER_SHOWN: Setting<LeaderShown> = Setting::new("streets-leader-shown", LeaderShown::default);
