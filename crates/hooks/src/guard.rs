//! Where messages may go: the guard against being used to reach into the city's own network (server-side request forgery).
//!
//! Addresses are checked twice. When an endpoint is set up, what its address already tells; and at every connection, after
//! its name was resolved, the very addresses that are then connected to, so that a name that changes gains nothing.

use kernel::problem::{Problem, Result};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};
use web::outgoing::Outgoing;

/// Longest address.
pub const LONGEST: usize = 500;

/// Reads an endpoint's address and refuses what can be refused without asking a name server. The answer is in one form:
/// `https://0x7f.1/` is `https://127.0.0.1/`.
pub fn address(outgoing: &Outgoing, text: &str) -> Result<String> {
    let refused = |code| Err(Problem::field("hook_url", code));
    if text.len() > LONGEST {
        return refused("hook-url-wrong");
    }
    let Ok(url) = Url::parse(text) else { return refused("hook-url-wrong") };
    if !url.username().is_empty() || url.password().is_some() {
        return refused("hook-url-with-password");
    }
    if url.fragment().is_some() {
        return refused("hook-url-wrong");
    }
    let literal = match url.host() {
        None => return refused("hook-url-wrong"),
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let inside = ["localhost", "local", "internal", "home.arpa"];
            if outgoing.networks.is_empty()
                && inside.iter().any(|end| name == *end || name.ends_with(&format!(".{end}")))
            {
                return refused("hook-url-inside");
            }
            None
        }
    };
    if literal.is_some_and(|ip| !may_connect(outgoing, ip)) {
        return refused("hook-url-inside");
    }
    match url.scheme() {
        "https" => Ok(url.into()),
        // plain only to this very machine, and only where the operator said so
        "http" if literal.is_some_and(|ip| ip.is_loopback()) => Ok(url.into()),
        _ => refused("hook-url-not-https"),
    }
}

/// Whom an address leads to, without path and query, which may hold a secret.
pub fn host(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return String::new() };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

/// Whether a connection to this address may be made at all.
pub fn may_connect(outgoing: &Outgoing, ip: IpAddr) -> bool {
    let ip = unwrapped(ip);
    is_public(ip)
        || outgoing.networks.iter().any(|(network, prefix)| within(ip, unwrapped(*network), *prefix))
}

/// An IPv4 address that hides in an IPv6 one.
fn unwrapped(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// What the registries of special addresses (RFC 6890, IANA) leave as reachable from everywhere.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let embedded = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match s {
        // global unicast, without what is set aside in it: protocol assignments, documentation
        [0x2001, b, ..] if b < 0x0200 || b == 0x0db8 => false,
        // 6to4 and NAT64 lead to an IPv4 address
        [0x2002, high, low, ..] | [0x0064, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(embedded(high, low))
        }
        [0x3fff, b, ..] if b < 0x1000 => false,
        [a, ..] => a & 0xe000 == 0x2000,
    }
}

fn within(ip: IpAddr, network: IpAddr, prefix: u8) -> bool {
    let same = |a: u128, b: u128, bits: u32| {
        let rest = bits.saturating_sub(u32::from(prefix));
        a.checked_shr(rest).unwrap_or(0) == b.checked_shr(rest).unwrap_or(0)
    };
    match (ip, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nowhere() -> Outgoing {
        Outgoing::default()
    }

    fn only(network: &str, prefix: u8) -> Outgoing {
        Outgoing { networks: vec![(network.parse().unwrap(), prefix)] }
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

    #[test]
    fn addresses_of_private_networks_are_never_connected_to() {
        for ip in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::10.0.0.1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::",
            "2002:7f00:1::",
        ] {
            assert!(!may_connect(&nowhere(), ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.5.5.5",
            "2400:3200::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
        ] {
            assert!(may_connect(&nowhere(), ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn networks_hold_what_their_prefix_says() {
        let v6 = only("fd00::", 8);
        assert!(may_connect(&v6, "fd12::1".parse().unwrap()));
        assert!(!may_connect(&v6, "fe80::1".parse().unwrap()));
        let one = only("192.168.7.9", 32);
        assert!(may_connect(&one, "192.168.7.9".parse().unwrap()));
        assert!(may_connect(&one, "::ffff:192.168.7.9".parse().unwrap()));
        assert!(!may_connect(&one, "192.168.7.8".parse().unwrap()));
    }
}
