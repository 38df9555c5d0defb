//! Where a point lies: in which division, grid cell, on which section. Held in memory, because every report that comes in
//! asks it, thousands a second; [`crate::kept`] keeps one per city and makes it new when places change.

mod load;
mod tree;

pub use tree::Node;

use crate::model::{Division, GridCell, Section};
use kernel::coords::Point;
use kernel::ctx::Unit;
use kernel::geometry::{AreaIndex, Bbox, SectionIndex};
use kernel::id::Id;
use std::sync::Arc;
use tree::Tree;

/// What [`PlaceIndex::locate`] found out about a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Located {
    /// From the city down to the smallest division whose area holds the point; empty when none does.
    pub division_path: Vec<Id<Division>>,
    /// The smallest: the last of the path.
    pub division: Option<Id<Division>>,
    /// The unit that governs there: that of the smallest division on the path that has one.
    pub governing_unit: Option<Id<Unit>>,
    pub grid_cell: Option<CellName>,
    /// The nearest section in force, if one is within the city's `section-max-distance-m` (60 m unless set).
    pub section: Option<NearSection>,
    /// Whether some division holds the point. True as well while the city has no areas to tell.
    pub inside_city: bool,
}

/// A grid cell's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellName {
    pub id: Id<GridCell>,
    pub code: Arc<str>,
}

/// A section near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct NearSection {
    pub id: Id<Section>,
    pub number: Arc<str>,
    /// 新华中路（雄关大道—胜利路）
    pub name: Arc<str>,
    /// How far the point is from its axis.
    pub distance_m: f64,
    /// Where along it, from the beginning of its line.
    pub along_m: f64,
}

#[derive(Clone, Debug)]
struct SectionName {
    id: Id<Section>,
    number: Arc<str>,
    name: Arc<str>,
}

/// The places of a city, ready to be asked. Immutable; cheap to share in an `Arc`.
#[derive(Clone, Debug)]
pub struct PlaceIndex {
    tree: Tree,
    /// Areas of the divisions by depth, the deepest first, so that most points are settled without the city's long outline.
    levels: Vec<AreaIndex<usize>>,
    cells: AreaIndex<usize>,
    cell_names: Vec<CellName>,
    sections: SectionIndex<usize>,
    section_names: Vec<SectionName>,
    max_m: f64,
    view: Option<Bbox>,
    extent: Option<Bbox>,
}

impl PlaceIndex {
    /// All that is known of where `point` (CGCS2000) lies. A few microseconds.
    pub fn locate(&self, point: Point) -> Located {
        let division = self.division_at(point);
        let mut found = division.map_or_else(Located::default, |at| self.tree.located(at));
        found.inside_city = division.is_some() || self.levels.is_empty();
        found.grid_cell = self.cells.containing(point).first().map(|at| self.cell_names[*at].clone());
        found.section = self.nearest(point, self.max_m);
        found
    }

    fn division_at(&self, point: Point) -> Option<usize> {
        self.levels.iter().find_map(|level| level.containing(point).first().copied())
    }

    /// Whether the point lies in the city; true while no areas are known.
    pub fn inside_city(&self, point: Point) -> bool {
        self.levels.is_empty() || self.division_at(point).is_some()
    }

    /// The nearest section in force within `max_m` metres.
    pub fn nearest(&self, point: Point, max_m: f64) -> Option<NearSection> {
        let (at, distance_m, along_m) = self.sections.nearest(point, max_m)?;
        let SectionName { id, number, name } = self.section_names[at].clone();
        Some(NearSection { id, number, name, distance_m, along_m })
    }

    /// The distance within which [`locate`](Self::locate) names a section.
    pub fn max_distance_m(&self) -> f64 {
        self.max_m
    }

    /// Where a map of the city begins to look, as `west,south,east,north`: where most streets are, else all that is known
    /// of the city, else the country.
    pub fn view(&self) -> String {
        let text = |b: Bbox| format!("{:.6},{:.6},{:.6},{:.6}", b.west, b.south, b.east, b.north);
        self.view.map_or_else(|| "73.5,18.1,134.8,53.6".to_owned(), text)
    }

    /// The box around all that is known of the city.
    pub fn extent(&self) -> Option<Bbox> {
        self.extent
    }

    /// A division and what follows from its place in the tree.
    pub fn division(&self, id: Id<Division>) -> Option<&Node> {
        self.tree.get(id)
    }

    /// All divisions, each behind its parent, in order of code.
    pub fn divisions(&self) -> &[Node] {
        self.tree.nodes()
    }

    pub fn by_code(&self, code: &str) -> Option<&Node> {
        self.tree.nodes().iter().find(|node| &*node.code == code)
    }

    /// The unit that governs the places of a division.
    pub fn governing(&self, division: Option<Id<Division>>) -> Option<Id<Unit>> {
        self.tree.get(division?)?.governing
    }

    /// The names from below the city downwards, e.g. 雄关街道 建设社区; empty for none.
    pub fn division_name(&self, division: Option<Id<Division>>) -> String {
        division.map_or_else(String::new, |id| self.tree.path_name(id))
    }
}
