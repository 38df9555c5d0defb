//! Texts in the reader's language, by Fluent. One bundle per language, put together from all features at start.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use kernel::ctx::Locale;
use std::collections::{BTreeSet, HashMap};

/// All texts of the program.
pub struct Texts {
    languages: Vec<Language>,
}

struct Language {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
    /// Texts in which nothing is put in, by `key` or `key.attribute`. Nine of ten are, and a page asks for hundreds.
    plain: HashMap<String, Box<str>>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

/// Arguments of a text: name and value. An argument named `count` (or `…-count`) is a number, which plural rules need;
/// everything else is text and appears as it is.
pub type Args<'a> = &'a [(&'a str, String)];

impl Texts {
    /// Puts the sources together. What is wrong with them is told as a list: the server refuses to start with any.
    pub fn new<'a>(sources: impl IntoIterator<Item = (Locale, &'a str)>) -> Result<Self, Vec<String>> {
        let mut languages: Vec<_> = Locale::ALL
            .into_iter()
            .map(|locale| {
                let language = match locale {
                    Locale::ZhCn => unic_langid::langid!("zh-CN"),
                    Locale::En => unic_langid::langid!("en"),
                };
                let mut bundle = FluentBundle::new_concurrent(vec![language]);
                // the marks that isolate directions show as boxes in some fonts, and both languages run left to right
                bundle.set_use_isolating(false);
                bundle.set_formatter(Some(grouped));
                Language { locale, bundle, plain: HashMap::new() }
            })
            .collect();
        let mut faults = Vec::new();
        for (locale, source) in sources {
            let resource = match FluentResource::try_new(source.to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    faults.extend(errors.iter().map(|e| format!("{}: {e}", locale.code())));
                    resource
                }
            };
            if let Some(language) = languages.iter_mut().find(|l| l.locale == locale) {
                language.plain.extend(plain(&resource));
                if let Err(errors) = language.bundle.add_resource(resource) {
                    faults.extend(errors.iter().map(|e| format!("{}: {e}", locale.code())));
                }
            }
        }
        if faults.is_empty() { Ok(Self { languages }) } else { Err(faults) }
    }

    /// The text for `key`; `⟦key⟧` when there is none, which the tests look for in every page.
    pub fn get(&self, locale: Locale, key: &str, args: Args<'_>) -> String {
        self.find(locale, key, args).unwrap_or_else(|| format!("⟦{key}⟧"))
    }

    /// The text for `key`, or for `key.attribute`, if there is one.
    pub fn find(&self, locale: Locale, key: &str, args: Args<'_>) -> Option<String> {
        let language = self.languages.iter().find(|l| l.locale == locale)?;
        if let Some(text) = language.plain.get(key) {
            return Some(text.as_ref().to_owned());
        }
        let bundle = &language.bundle;
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value.parse::<i64>() {
                #[expect(clippy::cast_precision_loss, reason = "counts shown to people stay below 2^53")]
                Ok(number) if name.ends_with("count") => given.set(*name, number as f64),
                _ => given.set(*name, FluentValue::from(value.as_str())),
            }
        }
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&given), &mut errors);
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "a text could not be put together");
        }
        Some(text.into_owned())
    }
}

/// The texts and attributes of a source that are the same whatever is asked with them.
fn plain(resource: &FluentResource) -> HashMap<String, Box<str>> {
    let whole = |pattern: &Pattern<&str>| {
        let pieces = pattern.elements.iter().map(|element| match element {
            PatternElement::TextElement { value } => Some(*value),
            PatternElement::Placeable { .. } => None,
        });
        pieces.collect::<Option<String>>().map(String::into_boxed_str)
    };
    let mut texts = HashMap::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        if let Some(text) = message.value.as_ref().and_then(whole) {
            texts.insert(key.to_owned(), text);
        }
        for attribute in &message.attributes {
            if let Some(text) = whole(&attribute.value) {
                texts.insert(format!("{key}.{}", attribute.id.name), text);
            }
        }
    }
    texts
}

/// Whole numbers are written with separators, as everywhere else.
fn grouped<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "only whole numbers are given to texts")]
        FluentValue::Number(n) => Some(crate::show::number(n.value as i64)),
        _ => None,
    }
}

/// Keys (messages and attributes) of a Fluent source, for the test that compares languages and finds unused texts.
pub fn keys(source: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut current = String::new();
    for line in source.lines() {
        let body = line.trim_start();
        let name_end =
            body.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(body.len());
        let is_pair = body[name_end..].trim_start().starts_with('=');
        if !is_pair || body.starts_with('#') || body.starts_with('-') {
            continue;
        }
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            body[..name_end].clone_into(&mut current);
            keys.insert(current.clone());
        } else if let Some(attribute) = body[..name_end].strip_prefix('.') {
            keys.insert(format!("{current}.{attribute}"));
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "hello = Hello { $name }\ncases = { $count ->\n    [one] { $count } case\n   *[other] { $count } cases\n }\nlost = Lost\n    .todo = Look\n";

    #[test]
    fn plain_texts_are_what_fluent_makes_of_them() {
        const MANY: &str = "a = One line\nb =\n    Two\n    lines\n    .c = Of it\nd = { a } more\ne = { \"{\" }\nf = { $x }\n";
        let resource = FluentResource::try_new(MANY.to_owned()).unwrap();
        let plain = plain(&resource);
        let mut keys: Vec<&str> = plain.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["a", "b", "b.c"]);
        let mut bundle = FluentBundle::new_concurrent(vec![unic_langid::langid!("en")]);
        bundle.add_resource(resource).unwrap();
        for key in keys {
            let (id, attribute) = key.split_once('.').map_or((key, None), |(id, a)| (id, Some(a)));
            let message = bundle.get_message(id).unwrap();
            let pattern = match attribute {
                Some(name) => message.get_attribute(name).unwrap().value(),
                None => message.value().unwrap(),
            };
            assert_eq!(plain[key].as_ref(), bundle.format_pattern(pattern, None, &mut Vec::new()), "{key}");
        }
    }

    #[test]
    fn texts_have_arguments_plurals_and_attributes() {
        let texts = Texts::new([(Locale::En, EN)]).unwrap();
        assert_eq!(texts.get(Locale::En, "hello", &[("name", "007".into())]), "Hello 007");
        assert_eq!(texts.get(Locale::En, "cases", &[("count", "1".into())]), "1 case");
        assert_eq!(texts.get(Locale::En, "cases", &[("count", "12".into())]), "12 cases");
        assert_eq!(texts.get(Locale::En, "cases", &[("count", "1204".into())]), "1,204 cases");
        assert_eq!(texts.get(Locale::En, "lost.todo", &[]), "Look");
        assert_eq!(texts.get(Locale::ZhCn, "hello", &[]), "⟦hello⟧");
        assert_eq!(keys(EN).into_iter().collect::<Vec<_>>(), ["cases", "hello", "lost", "lost.todo"]);
    }
}
