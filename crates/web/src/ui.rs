//! What a page's template may ask: texts, the shell, and how things are written in the reader's language.

use crate::assets;
use crate::city_card::CityCard;
use crate::feature::MenuGroup;
use crate::prefs::Prefs;
use crate::request::Req;
use crate::{App, security, show};
use kernel::ctx::{Ctx, Locale};
use kernel::time::{Date, Instant};
use std::sync::Arc;

pub(crate) const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

/// Handed to every template as `ui`.
#[derive(Clone)]
pub struct Ui {
    app: App,
    pub ctx: Ctx,
    pub prefs: Prefs,
    pub city: String,
    pub card: Arc<CityCard>,
    pub path: String,
    query: String,
    pub csrf: String,
    flash: Option<String>,
    /// Things waiting for this person, shown at the bell.
    pub unread: i64,
    mark: String,
}

/// An entry of the menu as the shell shows it.
#[derive(Debug)]
pub struct Entry {
    pub text: String,
    pub icon: &'static str,
    pub href: &'static str,
    pub here: bool,
}

/// A group of the menu as the shell shows it.
#[derive(Debug)]
pub struct Group {
    pub name: &'static str,
    pub title: String,
    pub entries: Vec<Entry>,
    pub unfolded: bool,
}

/// Whoever has more entries than this for their daily work finds the others folded, until they say otherwise.
const DAILY_ENTRIES: usize = 10;

impl Ui {
    pub(crate) fn new(req: &Req) -> Self {
        Self {
            app: req.app.clone(),
            ctx: req.ctx.clone(),
            prefs: req.prefs.clone(),
            city: req.city.name_in(req.ctx.locale),
            card: req.city.card(),
            path: req.path.clone(),
            query: req.query.clone(),
            csrf: security::token(req),
            flash: req.flash.clone(),
            unread: req.unread,
            mark: req.person_mark(),
        }
    }

    /// A mark of whoever is signed in, by which their browser keeps one person's pages apart from another's; empty for
    /// nobody. It tells nothing else.
    pub fn person_mark(&self) -> String {
        self.mark.clone()
    }

    pub fn locale(&self) -> Locale {
        self.ctx.locale
    }

    pub fn lang(&self) -> &'static str {
        self.locale().code()
    }

    /// The text for a key.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.app.texts().get(self.locale(), key.as_ref(), &[])
    }

    /// The text for a key with arguments: `ui.ta("cases-overdue", [("count", n.to_string())])`.
    pub fn ta<'a>(&self, key: impl AsRef<str>, args: impl AsRef<[(&'a str, String)]>) -> String {
        self.app.texts().get(self.locale(), key.as_ref(), args.as_ref())
    }

    /// A text that says how many.
    pub fn n(&self, key: impl AsRef<str>, count: impl Whole) -> String {
        let count = count.whole();
        self.app.texts().get(self.locale(), key.as_ref(), &[("count", count.to_string())])
    }

    /// The text for a key, if there is one.
    pub fn maybe(&self, key: impl AsRef<str>) -> Option<String> {
        self.app.texts().find(self.locale(), key.as_ref(), &[])
    }

    /// The label of a field: the text for `key` if one is given, else for `label-<name>`.
    pub fn label(&self, name: &str, key: &str) -> String {
        if key.is_empty() { self.named("label", name) } else { self.t(key) }
    }

    /// The hint below a field's label; empty when there is none.
    pub fn hint(&self, name: &str, key: &str) -> String {
        let whole = if key.is_empty() { format!("label-{name}.hint") } else { format!("{key}.hint") };
        self.maybe(whole).unwrap_or_default()
    }

    /// The text `<prefix>-<name>`.
    pub fn named(&self, prefix: &str, name: &str) -> String {
        self.t(format!("{prefix}-{name}"))
    }

    /// An attribute of a text; empty when there is none.
    pub fn attribute(&self, key: &str, attribute: &str) -> String {
        self.maybe(format!("{key}.{attribute}")).unwrap_or_default()
    }

    pub fn asset(&self, entry: &str) -> &'static str {
        assets::url(entry)
    }

    /// Address of an icon for `<use href>`.
    pub fn icon(&self, name: impl std::fmt::Display) -> String {
        format!("{}#{name}", assets::url("icons.svg"))
    }

    pub fn date(&self, date: &Date) -> String {
        show::date(self.locale(), *date)
    }

    /// The day without its year.
    pub fn day(&self, date: &Date) -> String {
        show::day(self.locale(), *date)
    }

    pub fn time(&self, at: &Instant) -> String {
        show::date_time(self.locale(), *at)
    }

    pub fn short(&self, at: &Instant) -> String {
        show::short(self.locale(), *at, self.ctx.now)
    }

    /// "5 minutes ago".
    pub fn ago(&self, at: &Instant) -> String {
        let (key, count) = show::ago(*at, self.ctx.now);
        self.n(key, count)
    }

    pub fn number(&self, n: impl Whole) -> String {
        show::number(n.whole())
    }

    /// Whether a list is so long that nobody wants to read it through.
    pub fn is_long(&self, options: usize) -> bool {
        options > 20
    }

    /// What somebody may type instead of a name: its first letters, in every usual reading.
    pub fn initials(&self, text: &str) -> String {
        names::initials(text).join(" ")
    }

    /// Whether a field is short enough for anybody to come near its end.
    pub fn can_run_out(&self, max: impl Whole) -> bool {
        max.whole() < 10_000
    }

    pub fn percent(&self, part: i64, whole: i64) -> String {
        show::percent(part, whole)
    }

    pub fn now(&self) -> Instant {
        self.ctx.now
    }

    pub fn signed_in(&self) -> bool {
        self.ctx.person().is_some()
    }

    pub fn me(&self) -> &str {
        self.ctx.member().map_or("", |m| m.name.as_str())
    }

    /// The first letter of the person's name, for the mark beside it.
    pub fn initial(&self) -> String {
        self.me().chars().take(1).collect()
    }

    /// The message left by the request before.
    pub fn flash(&self) -> Option<String> {
        let flash = self.flash.as_ref()?;
        let (key, value) = flash.split_once('|').unwrap_or((flash, ""));
        let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned();
        self.app.texts().find(self.locale(), &format!("flash-{key}"), &[("value", value)])
    }

    /// The menu, by groups, with what this person may open.
    pub fn menu(&self) -> Vec<Group> {
        let groups = self.groups();
        let daily = |group: MenuGroup| group < MenuGroup::Registers;
        let long = groups.iter().filter(|(g, _)| daily(*g)).map(|(_, entries)| entries.len()).sum::<usize>()
            > DAILY_ENTRIES;
        let shown = |group: MenuGroup, entries: &[Entry]| {
            let here = entries.iter().any(|e| e.here);
            let chosen = self.prefs.unfolded.as_ref().map(|names| names.split('.').any(|n| n == group.key()));
            here || chosen.unwrap_or(!long || daily(group))
        };
        let group = |(group, entries): (MenuGroup, Vec<Entry>)| Group {
            name: group.key(),
            title: self.t(group.key()),
            unfolded: shown(group, &entries),
            entries,
        };
        groups.into_iter().map(group).collect()
    }

    fn groups(&self) -> Vec<(MenuGroup, Vec<Entry>)> {
        let longest = self
            .app
            .menu()
            .iter()
            .filter(|m| self.path == m.href || self.path.starts_with(&format!("{}/", m.href)))
            .map(|m| m.href)
            .max_by_key(|h| h.len());
        MenuGroup::ALL
            .into_iter()
            .map(|group| {
                let entries = self
                    .app
                    .menu()
                    .iter()
                    .filter(|m| m.group == group && (m.shown)(&self.ctx))
                    .map(|m| Entry {
                        text: self.t(m.key),
                        icon: m.icon,
                        href: m.href,
                        here: Some(m.href) == longest,
                    })
                    .collect();
                (group, entries)
            })
            .filter(|(_, entries): &(MenuGroup, Vec<Entry>)| !entries.is_empty())
            .collect()
    }

    /// The first entries of the menu, for the bar at the foot of a phone's screen.
    pub fn tabs(&self) -> Vec<Entry> {
        self.groups().into_iter().flat_map(|(_, entries)| entries).take(4).collect()
    }

    /// This page in the other language.
    pub fn switch_language(&self) -> String {
        let other = if self.locale() == Locale::En { Locale::ZhCn } else { Locale::En };
        format!("/language/{}?back={}", other.code(), encode(&self.here()))
    }

    /// The address of this page, for coming back to.
    pub fn here(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    pub fn tianditu_key(&self) -> &str {
        self.app.settings().tianditu_key.as_deref().unwrap_or_default()
    }

    pub fn base_url(&self) -> &str {
        &self.app.settings().base_url
    }
}

/// Whole numbers as templates hand them over: of any size, by value or by reference.
pub trait Whole {
    fn whole(&self) -> i64;
}

macro_rules! whole {
    ($($t:ty),+) => {$(
        impl Whole for $t {
            fn whole(&self) -> i64 { i64::try_from(*self).unwrap_or(i64::MAX) }
        }
    )+};
}
whole!(i64, i32, u64, u32, u16, u8, usize);

impl<T: Whole + ?Sized> Whole for &T {
    fn whole(&self) -> i64 {
        (**self).whole()
    }
}

/// Percent-encodes a text for use inside a query.
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
