//! XML out, and XML in as a small tree within bounds. Document types and entities of their own are refused.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use serde::{Deserialize, Serialize};

/// Bytes of a document.
pub(crate) const BYTES: usize = 4 << 20;
const DEPTH: usize = 40;
const ELEMENTS: usize = 40_000;
const ATTRIBUTES: usize = 50;

/// Writes elements; whoever opens one closes it.
pub(crate) struct Out {
    text: String,
    open: Vec<String>,
}

impl Out {
    pub(crate) fn new() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), open: Vec::new() }
    }

    fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            // white space in an attribute would be read as blanks
            let value = escape(*value).replace('\n', "&#10;").replace('\t', "&#9;");
            for part in [" ", key, "=\"", &value, "\""] {
                self.text.push_str(part);
            }
        }
    }

    fn end(&mut self, name: &str) {
        for part in ["</", name, ">"] {
            self.text.push_str(part);
        }
    }

    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push('>');
        self.open.push(name.to_owned());
    }

    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.end(&name);
        }
    }

    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.begin(name, attributes);
        self.text.push_str("/>");
    }

    /// An element with nothing but text in it.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        if text.is_empty() {
            self.empty(name, attributes);
        } else {
            self.begin(name, attributes);
            self.text.push('>');
            self.text.push_str(&escape(text));
            self.end(name);
        }
    }

    pub(crate) fn line(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.line();
        self.text
    }
}

/// An element by its local name.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Attributes by their local names; declarations of namespaces are left out.
    pub(crate) attributes: Vec<(String, String)>,
    /// Text directly in it.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Why a text is not taken as XML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum XmlFault {
    TooLarge,
    TooDeep,
    TooManyElements,
    /// A document type or an entity of its own.
    DocumentType,
    NotXml {
        /// Bytes before it.
        at: u64,
    },
}

impl XmlFault {
    pub const ALL: [Self; 5] =
        [Self::TooLarge, Self::TooDeep, Self::TooManyElements, Self::DocumentType, Self::NotXml { at: 0 }];

    /// Stable code for texts and APIs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "xml-too-large",
            Self::TooDeep => "xml-too-deep",
            Self::TooManyElements => "xml-too-many-elements",
            Self::DocumentType => "xml-document-type",
            Self::NotXml { .. } => "xml-not-xml",
        }
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Element, XmlFault> {
    if bytes.len() > BYTES {
        return Err(XmlFault::TooLarge);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|fault| XmlFault::NotXml { at: u64::try_from(fault.valid_up_to()).unwrap_or_default() })?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut stack: Vec<Element> = Vec::new();
    let mut whole = None;
    let mut elements = 0;
    loop {
        let event = reader.read_event().map_err(|_| XmlFault::NotXml { at: reader.error_position() })?;
        let at = reader.buffer_position();
        let not_xml = || XmlFault::NotXml { at };
        match event {
            Event::Start(start) => {
                elements += 1;
                if elements > ELEMENTS {
                    return Err(XmlFault::TooManyElements);
                }
                if stack.len() >= DEPTH {
                    return Err(XmlFault::TooDeep);
                }
                if whole.is_some() {
                    return Err(not_xml());
                }
                stack.push(element(&start).ok_or_else(not_xml)?);
            }
            Event::Empty(start) => {
                elements += 1;
                if elements > ELEMENTS {
                    return Err(XmlFault::TooManyElements);
                }
                let found = element(&start).ok_or_else(not_xml)?;
                put(found, &mut stack, &mut whole).ok_or_else(not_xml)?;
            }
            Event::End(_) => {
                let found = stack.pop().ok_or_else(not_xml)?;
                put(found, &mut stack, &mut whole).ok_or_else(not_xml)?;
            }
            Event::Text(text) => {
                let text = text.xml10_content();
                match stack.last_mut() {
                    Some(open) => open.text.push_str(&text),
                    None if text.trim().is_empty() => {}
                    None => return Err(not_xml()),
                }
            }
            Event::CData(text) => {
                let open = stack.last_mut().ok_or_else(not_xml)?;
                open.text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) => {
                let c = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c,
                    Ok(None) => predefined(&reference).ok_or(XmlFault::DocumentType)?,
                    Err(_) => return Err(not_xml()),
                };
                stack.last_mut().ok_or_else(not_xml)?.text.push(c);
            }
            Event::DocType(_) => return Err(XmlFault::DocumentType),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match whole {
        Some(whole) if stack.is_empty() => Ok(whole),
        _ => Err(XmlFault::NotXml { at: reader.buffer_position() }),
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// `None` where it is a second outermost element.
fn put(found: Element, stack: &mut [Element], whole: &mut Option<Element>) -> Option<()> {
    match stack.last_mut() {
        Some(open) => open.children.push(found),
        None if whole.is_none() => *whole = Some(found),
        None => return None,
    }
    Some(())
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key;
        if key.as_namespace_binding().is_some() {
            continue;
        }
        if attributes.len() >= ATTRIBUTES {
            return None;
        }
        // only the five entities that XML itself has; anything else is an error here
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        attributes.push((key.local_name().as_ref().to_owned(), value));
    }
    let name = start.local_name().as_ref().to_owned();
    Some(Element { name, attributes, ..Element::default() })
}
