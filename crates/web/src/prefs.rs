//! What a reader has chosen for their own screen, kept in plain cookies so that the first answer is already right.

use kernel::ctx::Locale;

#[derive(Clone, Debug, Default)]
pub struct Prefs {
    pub locale: Locale,
    /// `light`, `dark` or empty for what the device says.
    pub theme: &'static str,
    /// 适老化: large type, high contrast.
    pub elder: bool,
    /// Groups of the staff menu that are unfolded, by their names; none chosen yet where this is `None`.
    pub unfolded: Option<String>,
}

impl Prefs {
    pub fn read(cookie: impl Fn(&str) -> Option<String>, accept_language: &str) -> Self {
        let locale =
            cookie("cc_lang").and_then(|c| Locale::parse(&c)).unwrap_or_else(|| from_accept(accept_language));
        let theme = match cookie("cc_theme").as_deref() {
            Some("light") => "light",
            Some("dark") => "dark",
            _ => "",
        };
        Self {
            locale,
            theme,
            elder: cookie("cc_elder").is_some_and(|c| c == "1"),
            unfolded: cookie("cc_menu"),
        }
    }
}

/// Chinese unless the reader prefers English and does not mention Chinese before it.
fn from_accept(header: &str) -> Locale {
    for part in header.split(',') {
        let tag = part.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if tag.starts_with("zh") {
            return Locale::ZhCn;
        }
        if tag.starts_with("en") {
            return Locale::En;
        }
    }
    Locale::ZhCn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_taken_in_the_readers_order() {
        assert_eq!(from_accept("en-GB,en;q=0.9,zh;q=0.5"), Locale::En);
        assert_eq!(from_accept("fr,zh-CN;q=0.8,en;q=0.7"), Locale::ZhCn);
        assert_eq!(from_accept(""), Locale::ZhCn);
    }
}
