//! An answer, once, and the two ways of writing it. GeoReport names the members of lists in XML (`<requests><request>`) and
//! leaves them without a name in JSON; everything else is the same.

use std::fmt::Write;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A part of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Not known: `null`, or an empty element.
    Null,
    Text(String),
    /// Degrees.
    Number(f64),
    Whole(i64),
    Flag(bool),
    /// Members in this order.
    Map(Vec<(&'static str, Node)>),
    /// The name of each member in XML, and the members.
    List(&'static str, Vec<Node>),
}

impl Node {
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// `Null` for an empty text.
    pub fn filled(text: impl Into<String>) -> Self {
        let text: String = text.into();
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }

    /// `Null` for none.
    pub fn maybe(number: Option<f64>) -> Self {
        number.map_or(Self::Null, Self::Number)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => s.serialize_unit(),
            Node::Text(text) => s.serialize_str(text),
            Node::Number(n) => s.serialize_f64(*n),
            Node::Whole(n) => s.serialize_i64(*n),
            Node::Flag(flag) => s.serialize_bool(*flag),
            Node::Map(members) => {
                let mut map = s.serialize_map(Some(members.len()))?;
                for (name, node) in members {
                    map.serialize_entry(name, node)?;
                }
                map.end()
            }
            Node::List(_, members) => {
                let mut list = s.serialize_seq(Some(members.len()))?;
                for node in members {
                    list.serialize_element(node)?;
                }
                list.end()
            }
        }
    }
}

/// The whole document as JSON.
pub fn json(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

/// The whole document as XML, its root called `root`.
pub fn xml(root: &str, node: &Node) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(&mut out, root, node);
    out.push('\n');
    out
}

fn element(out: &mut String, name: &str, node: &Node) {
    if matches!(node, Node::Null) {
        let _ = write!(out, "<{name}/>");
        return;
    }
    let _ = write!(out, "<{name}>");
    match node {
        Node::Null => {}
        Node::Text(text) => escape(out, text),
        Node::Number(n) => {
            let _ = write!(out, "{n}");
        }
        Node::Whole(n) => {
            let _ = write!(out, "{n}");
        }
        Node::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Node::Map(members) => members.iter().for_each(|(name, node)| element(out, name, node)),
        Node::List(name, members) => members.iter().for_each(|node| element(out, name, node)),
    }
    let _ = write!(out, "</{name}>");
}

/// Characters that XML 1.0 cannot hold even escaped are left out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // a reader would make it a line feed
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Node {
        Node::List(
            "request",
            vec![Node::Map(vec![
                ("description", Node::text("路 <b> & \u{8}\"x\"")),
                ("status_notes", Node::Null),
                ("lat", Node::Number(39.772)),
                ("metadata", Node::Flag(true)),
                ("values", Node::List("value", vec![Node::text("a"), Node::Whole(2)])),
            ])],
        )
    }

    #[test]
    fn both_ways_say_the_same() {
        assert_eq!(
            json(&sample()),
            "[{\"description\":\"路 <b> & \\b\\\"x\\\"\",\"status_notes\":null,\"lat\":39.772,\"metadata\":true,\
             \"values\":[\"a\",2]}]"
        );
        assert_eq!(
            xml("service_requests", &sample()),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<service_requests><request><description>路 &lt;b&gt; &amp; \
             \"x\"</description><status_notes/><lat>39.772</lat><metadata>true</metadata>\
             <values><value>a</value><value>2</value></values></request></service_requests>\n"
        );
    }
}
