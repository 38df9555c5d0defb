//! RSS 2.0 and Atom, written from the same entries.

use kernel::time::Instant;
use std::fmt::Write;

#[derive(Clone, Debug)]
pub struct Entry {
    pub title: String,
    pub link: String,
    /// HTML, already safe.
    pub html: String,
    pub category: String,
    pub published: Instant,
    pub updated: Instant,
    /// Longitude and latitude.
    pub place: Option<(f64, f64)>,
}

#[derive(Clone, Debug)]
pub struct Feed {
    pub title: String,
    pub lead: String,
    pub language: &'static str,
    /// The page that shows the same.
    pub link: String,
    /// Its own address.
    pub own: String,
    pub updated: Instant,
    pub entries: Vec<Entry>,
}

/// Text for XML; what XML cannot hold is left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    out
}

/// RFC 822, as RSS wants it and HTTP as well: `Thu, 05 Mar 2026 01:30:00 GMT`.
pub fn http_date(at: Instant) -> String {
    let seconds = at.0.div_euclid(1_000_000);
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn w3c(at: Instant) -> String {
    Instant(at.0.div_euclid(1_000_000) * 1_000_000).rfc3339()
}

impl Feed {
    pub fn atom(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = write!(
            out,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\" xml:lang=\"{}\">\
             <title>{}</title><subtitle>{}</subtitle><id>{own}</id><updated>{}</updated>\
             <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/><link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\
             <author><name>{}</name></author>",
            self.language,
            escape(&self.title),
            escape(&self.lead),
            w3c(self.updated),
            escape(&self.link),
            escape(&self.title),
            own = escape(&self.own),
        );
        for e in &self.entries {
            let _ = write!(
                out,
                "\n<entry><title>{}</title><id>{link}</id><link rel=\"alternate\" href=\"{link}\"/><published>{}</published>\
                 <updated>{}</updated><category term=\"{}\"/><content type=\"html\">{}</content>",
                escape(&e.title),
                w3c(e.published),
                w3c(e.updated),
                escape(&e.category),
                escape(&e.html),
                link = escape(&e.link),
            );
            if let Some((lng, lat)) = e.place {
                let _ = write!(out, "<georss:point>{lat} {lng}</georss:point>");
            }
            out.push_str("</entry>");
        }
        out.push_str("\n</feed>\n");
        out
    }

    pub fn rss(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = write!(
            out,
            "<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\"><channel>\
             <title>{}</title><link>{}</link><description>{}</description><language>{}</language><lastBuildDate>{}</lastBuildDate>\
             <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>",
            escape(&self.title),
            escape(&self.link),
            escape(&self.lead),
            self.language,
            http_date(self.updated),
            escape(&self.own),
        );
        for e in &self.entries {
            let _ = write!(
                out,
                "\n<item><title>{}</title><link>{link}</link><guid isPermaLink=\"true\">{link}</guid><pubDate>{}</pubDate>\
                 <category>{}</category><description>{}</description>",
                escape(&e.title),
                http_date(e.published),
                escape(&e.category),
                escape(&e.html),
                link = escape(&e.link),
            );
            if let Some((lng, lat)) = e.place {
                let _ = write!(out, "<georss:point>{lat} {lng}</georss:point>");
            }
            out.push_str("</item>");
        }
        out.push_str("\n</channel></rss>\n");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_http_has_them() {
        let at = Instant::parse_rfc3339("2026-03-05T09:30:00+08:00").unwrap();
        assert_eq!(http_date(at), "Thu, 05 Mar 2026 01:30:00 GMT");
        assert_eq!(escape("a<\u{0}&\"路"), "a&lt;&amp;&quot;路");
    }
}
