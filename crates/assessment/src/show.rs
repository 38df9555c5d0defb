//! How figures are written on pages. Rounded here and nowhere before.

use scoring::Exact;

/// Two places and a sign: `84.13%`.
pub(crate) fn percent(share: &Exact) -> String {
    format!("{}%", (share.clone() * Exact::from(100)).shown(2))
}

/// Two places.
pub(crate) fn points(points: &Exact) -> String {
    points.shown(2)
}

/// What was taken off: ten-thousandths as a number without idle zeros.
pub(crate) fn lost(parts: i64) -> String {
    Exact::ratio(parts, 10_000).unwrap_or_default().to_string()
}

/// `+1.20` or `−0.50` in hundredths, with its colour; nothing for none.
pub(crate) fn rise(by: Option<&Exact>, percent: bool) -> (String, &'static str) {
    let Some(by) = by else { return (String::new(), "") };
    let by = if percent { by.clone() * Exact::from(100) } else { by.clone() };
    let shown = by.shown(2);
    match shown.strip_prefix('-') {
        Some(size) if size.chars().any(|c| ('1'..='9').contains(&c)) => (format!("−{size}"), "late"),
        None if shown.chars().any(|c| ('1'..='9').contains(&c)) => (format!("+{shown}"), "ok"),
        _ => ("0".to_owned(), ""),
    }
}

/// For a program that reads the page's figures and draws them.
pub(crate) fn plot(share: &Exact) -> String {
    (share.clone() * Exact::from(100)).shown(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_too_small_to_show_is_none() {
        let of = |text: &str| rise(Exact::parse(text).as_ref(), true);
        assert_eq!(of("0.012"), ("+1.20".to_owned(), "ok"));
        assert_eq!(of("-0.005"), ("−0.50".to_owned(), "late"));
        assert_eq!(of("-0.00001"), ("0".to_owned(), ""));
        assert_eq!(rise(None, true), (String::new(), ""));
        assert_eq!(lost(2_500), "0.25");
    }
}
