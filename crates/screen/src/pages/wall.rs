//! What stands on a wall, whoever looks at it: the panels with their words. With links for who has signed in, without for a
//! display, which nobody touches.

use super::chart::Chart;
use super::map;
use crate::area::Area;
use crate::brief::sheet::day_text;
use crate::figures::{Figures, Known, Line};
use crate::model::Panel;
use kernel::workflow::Named;
use ladder::model::Rung;
use places::PlaceIndex;
use web::parts::Tile;
use web::{Req, Ui};

/// Rows of a panel; what is left over is told as a sum.
const ROWS: usize = 6;

/// What a wall is to show.
pub(super) struct Wish {
    pub(super) title: String,
    pub(super) panels: Vec<Panel>,
    pub(super) area: Area,
    /// Whether numbers are links.
    pub(super) linked: bool,
    /// The address of its parts: `/screen` or `/screen/d/…`.
    pub(super) base: String,
    /// Conditions of the page's own address, which its parts are asked with too: begins with `?`, or is empty.
    pub(super) query: String,
}

/// Panels beside each other, or one across.
pub(super) struct Block {
    pub(super) strip: bool,
    /// How many cells there are.
    pub(super) cells: usize,
    pub(super) panels: Vec<&'static str>,
}

/// A bar.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) open: i64,
    pub(super) overdue: i64,
}

/// The bars of a panel.
pub(super) struct Bars {
    pub(super) lines: Vec<Bar>,
    pub(super) most: i64,
    /// What is not shown; empty where everything is.
    pub(super) rest: String,
}

/// An entry of the ticker.
pub(super) struct Tick {
    pub(super) time: String,
    pub(super) kind: String,
    pub(super) place: String,
    pub(super) state: String,
    pub(super) href: String,
}

/// A rung of the ladder.
pub(super) struct Step {
    pub(super) name: String,
    pub(super) count: i64,
    pub(super) href: String,
}

/// The wall as templates write it.
#[derive(askama::Template)]
#[template(path = "screen/panels.html")]
pub(super) struct Wall {
    pub(super) ui: Ui,
    pub(super) wish: Wish,
    pub(super) blocks: Vec<Block>,
    /// When the figures were made, `14:05:09`, and the same for programs.
    pub(super) made: String,
    pub(super) made_at: String,
    pub(super) tiles: Vec<Tile>,
    pub(super) chart: Chart,
    pub(super) kinds: Bars,
    pub(super) areas: Bars,
    pub(super) moves: Vec<Tick>,
    pub(super) letters: Vec<Step>,
    pub(super) letters_late: i64,
    pub(super) bounds: String,
}

/// The whole page.
#[derive(askama::Template)]
#[template(path = "screen/wall.html")]
pub(super) struct WallPage {
    pub(super) wall: Wall,
    pub(super) ui: Ui,
    /// Today, with its day of the week.
    pub(super) today: String,
    pub(super) clock: String,
    /// Milliseconds since 1970 as the server's clock has them: a wall's own may be wrong.
    pub(super) now: i64,
}

impl askama::filters::HtmlSafe for Wall {}

/// A request as a wall makes it: dark, with ordinary type; as `stranger` it has nobody's name on it, whoever is signed in at
/// that browser.
pub(super) fn dark(mut req: Req, stranger: bool) -> Req {
    if stranger {
        req.ctx.actor = kernel::ctx::Actor::Public;
    }
    req.prefs.theme = "dark";
    req.prefs.elder = false;
    req
}

impl Wall {
    /// `req`: one that [`dark`] has made.
    pub(super) fn new(req: &Req, known: &Known, figures: &Figures, wish: Wish) -> Self {
        let ui = req.ui();
        let made = figures.made_at.to_civil();
        let link = |href: String| if wish.linked { href } else { String::new() };
        let below = |line: &Line| link(format!("/cases?state=open&item={}{}", line.key, wish.area.query()));
        let kinds = bars(&ui, &figures.kinds, "screen-more-kinds", below);
        let place = |line: &Line| {
            if line.key == 0 { String::new() } else { link(format!("/cases?state=open&area={}", line.key)) }
        };
        let areas = bars(&ui, &figures.areas, "screen-more-areas", place);
        let moves = figures.moves.iter().map(|moved| {
            let at = moved.at.to_civil();
            Tick {
                time: format!("{:02}:{:02}", at.hour(), at.minute()),
                kind: or(&moved.kind, || ui.t("screen-no-kind")),
                place: or(&moved.place, || ui.t("screen-no-place")),
                state: ui.named("case-state", moved.state.code()),
                href: link(format!("/public/cases/{}", moved.number)),
            }
        });
        let letters = figures.letters.rungs.iter().map(|(rung, count)| Step {
            name: ui.named("rung", rung.code()),
            count: *count,
            href: link(format!("/letters?show=open&rung={}", Rung::code(*rung))),
        });
        Self {
            blocks: blocks(&wish.panels),
            made: format!("{:02}:{:02}:{:02}", made.hour(), made.minute(), made.second()),
            made_at: figures.made_at.rfc3339(),
            tiles: tiles(&ui, figures, &wish),
            chart: Chart::new(&ui, &figures.hours),
            moves: moves.collect(),
            letters: letters.collect(),
            letters_late: figures.letters.late,
            bounds: map::bounds(&known.index, &wish.area),
            kinds,
            areas,
            wish,
            ui,
        }
    }

    pub(super) fn has_letters(&self) -> bool {
        self.letters.iter().any(|step| step.count > 0)
    }

    /// Names of what is shown: a page whose own differ is made anew.
    pub(super) fn shape(&self) -> String {
        let panels: Vec<&str> = self.wish.panels.iter().map(|p| p.code()).collect();
        format!("{}|{}|{}", panels.join(","), self.wish.title, self.wish.area.name)
    }

    /// The script that this answer was made for: a wall hangs for months and meets newer ones.
    pub(super) fn script(&self) -> &'static str {
        self.ui.asset("src/app.ts")
    }
}

impl WallPage {
    pub(super) fn new(req: &Req, wall: Wall) -> Self {
        let ui = req.ui();
        let now = req.ctx.now.to_civil();
        let today = now.date();
        Self {
            today: day_text(&ui, today),
            clock: format!("{:02}:{:02}", now.hour(), now.minute()),
            now: req.ctx.now.0 / 1000,
            wall,
            ui,
        }
    }
}

fn or(text: &str, other: impl FnOnce() -> String) -> String {
    if text.is_empty() { other() } else { text.to_owned() }
}

fn blocks(panels: &[Panel]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for panel in panels {
        let strip = panel.is_strip();
        match blocks.last_mut() {
            Some(block) if !strip && !block.strip => {
                block.cells += 1;
                block.panels.push(panel.code());
            }
            _ => blocks.push(Block { strip, cells: 1, panels: vec![panel.code()] }),
        }
    }
    blocks
}

fn bars(ui: &Ui, lines: &[Line], more: &str, href: impl Fn(&Line) -> String) -> Bars {
    let bar = |line: &Line| Bar {
        name: or(&line.name, || ui.t("screen-none")),
        href: href(line),
        open: line.open,
        overdue: line.overdue,
    };
    let left = lines.get(ROWS..).unwrap_or_default();
    let count: i64 = left.iter().map(|l| l.open).sum();
    let args = [("lines", left.len().to_string()), ("count", count.to_string())];
    Bars {
        lines: lines.iter().take(ROWS).map(bar).collect(),
        most: lines.iter().map(|l| l.open).max().unwrap_or(0).max(1),
        rest: if left.is_empty() { String::new() } else { ui.ta(more, args) },
    }
}

fn tiles(ui: &Ui, figures: &Figures, wish: &Wish) -> Vec<Tile> {
    let today = figures.made_at.date();
    let area = wish.area.query();
    let tile = |key: &str, value: String, note: String, href: String, mood| Tile {
        label: ui.named("screen-tile", key),
        unit: String::new(),
        href: if wish.linked { format!("/cases?{href}{area}") } else { String::new() },
        value,
        note,
        mood,
    };
    let count = |key: &str, n: i64, href: String, mood| tile(key, ui.number(n), String::new(), href, mood);
    let month = &figures.month;
    let period = format!("due_from={}&due_until={today}", today.first_of_month());
    let rate = |key: &str, (part, whole): (i64, i64), only: &str, mood| {
        let note = format!("{} / {}", ui.number(part), ui.number(whole));
        tile(key, ui.percent(part, whole), note, format!("only={only}&{period}"), mood)
    };
    let when = |n: i64, mood| if n > 0 { mood } else { "" };
    vec![
        count("reported", figures.reported, format!("from={today}"), ""),
        count("answered", figures.answered, format!("answered_from={today}"), ""),
        count("closed", figures.closed, format!("only=closed&closed_from={today}"), ""),
        count("open", figures.open, "state=open".to_owned(), ""),
        count("soon", figures.soon, "only=soon&sort=due".to_owned(), when(figures.soon, "soon")),
        count("overdue", figures.overdue, "only=overdue&sort=due".to_owned(), when(figures.overdue, "late")),
        rate("on-time", (month.on_time, month.due), "counted,closed,on-time", ""),
        rate("rework", (month.rework, month.handled), "counted,rework", ""),
    ]
}

/// The box that a map of this part of the city begins with.
pub(super) fn city_view(index: &PlaceIndex) -> String {
    index.view()
}
