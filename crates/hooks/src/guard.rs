//! Where messages may go: the guard against being used to reach into the city's own network (server-side request forgery).
//!
//! Addresses are checked twice. When an endpoint is set up, what its address already tells; and at every connection, after
//! its name was resolved, the very addresses that are then connected to, so that a name that changes gains nothing.

use kernel::problem::{Problem, Result};
use url::Url;
use web::outgoing::Outgoing;
use web::outgoing::guard::{Unfit, fit};

/// Longest address.
pub const LONGEST: usize = 500;

/// Reads an endpoint's address; see [`fit`].
pub fn address(outgoing: &Outgoing, text: &str) -> Result<String> {
    if text.len() > LONGEST {
        return Err(Problem::field("hook_url", "hook-url-wrong"));
    }
    fit(outgoing, text).map_err(|unfit| {
        let code = match unfit {
            Unfit::Wrong => "hook-url-wrong",
            Unfit::WithPassword => "hook-url-with-password",
            Unfit::Inside => "hook-url-inside",
            Unfit::NotHttps => "hook-url-not-https",
        };
        Problem::field("hook_url", code)
    })
}

/// Whom an address leads to, without path and query, which may hold a secret.
pub fn host(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Outgoing {
        Outgoing::default()
    }

    fn only(network: &str, prefix: u8) -> Outgoing {
        Outgoing { networks: vec![(network.parse().unwrap(), prefix)], ..Outgoing::default() }
    }

    fn code(outgoing: &Outgoing, text: &str) -> &'static str {
        address(outgoing, text).map_or_else(|p| p.fields[0].code, |_| "fine")
    }

    #[test]
    fn addresses_tell_what_is_wrong_with_them() {
        for (text, wanted) in [
            ("https://receiver.example.cn/hooks?x=1", "fine"),
            ("https://receiver.example.cn:8443/", "fine"),
            ("https://8.8.8.8/", "fine"),
            ("http://receiver.example.cn/", "hook-url-not-https"),
            ("ftp://receiver.example.cn/", "hook-url-not-https"),
            ("file:///etc/passwd", "hook-url-wrong"),
            ("receiver.example.cn", "hook-url-wrong"),
            ("https://a:b@receiver.example.cn/", "hook-url-with-password"),
            ("https://receiver.example.cn/#part", "hook-url-wrong"),
            ("https://localhost/", "hook-url-inside"),
            ("https://LOCALHOST./", "hook-url-inside"),
            ("https://printer.local/", "hook-url-inside"),
            ("https://127.0.0.1/", "hook-url-inside"),
            ("https://0x7f.1/", "hook-url-inside"),
            ("https://2130706433/", "hook-url-inside"),
            ("https://0177.0.0.1/", "hook-url-inside"),
            ("https://[::1]/", "hook-url-inside"),
            ("https://[::ffff:10.0.0.1]/", "hook-url-inside"),
            ("https://169.254.169.254/latest/meta-data", "hook-url-inside"),
            ("http://127.0.0.1:9000/", "hook-url-inside"),
        ] {
            assert_eq!(code(&nowhere(), text), wanted, "{text}");
        }
        assert_eq!(code(&nowhere(), &format!("https://a.cn/{}", "x".repeat(600))), "hook-url-wrong");
    }

    #[test]
    fn the_operator_may_open_a_network_but_plain_http_stays_on_the_machine() {
        let loopback = only("127.0.0.0", 8);
        assert_eq!(code(&loopback, "http://127.0.0.1:9000/"), "fine");
        assert_eq!(code(&loopback, "https://10.1.2.3/"), "hook-url-inside");
        let house = only("10.0.0.0", 8);
        assert_eq!(code(&house, "https://10.1.2.3/"), "fine");
        assert_eq!(code(&house, "http://10.1.2.3/"), "hook-url-not-https");
        assert_eq!(code(&house, "https://11.1.2.3/"), "fine");
        assert_eq!(code(&house, "https://192.168.0.1/"), "hook-url-inside");
    }
}
