//! What a city says of itself on every page: its name in other languages, where its office is, under which numbers the site is
//! filed. Kept as one setting, so that it goes into the backup; set by the operator with `chuangcheng city`.

use kernel::ctx::Locale;
use serde::{Deserialize, Serialize};
use store::settings::Setting;

pub const CARD: Setting<CityCard> = Setting::new("city-card", CityCard::default);

/// Whatever is empty is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CityCard {
    /// The city's own name, which `city.toml` says too: a backup is one file and has to know it.
    pub name: String,
    /// What pages in English call it: Jiayuguan.
    pub name_en: String,
    /// Of the office that runs the campaign.
    pub address: String,
    pub phone: String,
    /// ICP 备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 政府网站标识码.
    pub site_code: String,
}

impl CityCard {
    /// The city's name in this language: the one of its own where no other is known.
    pub fn name(&self, locale: Locale, own: &str) -> String {
        match locale {
            Locale::En if !self.name_en.is_empty() => self.name_en.clone(),
            Locale::En | Locale::ZhCn => own.to_owned(),
        }
    }

    /// The text's key and the number, of the filings that are known.
    pub fn filings(&self) -> Vec<(&'static str, &str)> {
        [("foot-icp", &self.icp), ("foot-police", &self.police), ("foot-site-code", &self.site_code)]
            .into_iter()
            .filter(|(_, number)| !number.is_empty())
            .map(|(key, number)| (key, number.as_str()))
            .collect()
    }
}
