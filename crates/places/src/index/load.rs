//! Building the index, from the database or from parts at hand.

use super::tree::Tree;
use super::{CellName, PlaceIndex, SectionName};
use crate::model::{Division, GridCell, Section};
use crate::{settings, store as rows};
use kernel::coords::Point;
use kernel::geometry::{AreaIndex, Bbox, SectionIndex};
use kernel::problem::Result;
use kernel::time::Date;
use store::Tx;

impl PlaceIndex {
    /// Reads the city's places as they stand on `today`.
    pub fn load(tx: &mut Tx<'_>, today: Date) -> Result<Self> {
        let divisions = rows::all_divisions(tx)?;
        let cells = rows::all_cells(tx)?;
        let sections = rows::sections_in_force(tx, today)?;
        let max_m = settings::SECTION_MAX_DISTANCE.get(tx)?;
        Ok(Self::build(divisions, cells, sections, max_m))
    }

    /// From parts. Of sections equally near the first wins, of cells that overlap the first, of divisions of the same
    /// depth that of the smaller code.
    pub fn build(divisions: Vec<Division>, cells: Vec<GridCell>, sections: Vec<Section>, max_m: f64) -> Self {
        let areas: Vec<_> = divisions.iter().filter_map(|d| Some((d.id, d.area.clone()?.0))).collect();
        let tree = Tree::new(divisions);
        let boxes = areas.iter().map(|(_, area)| area.bbox()).chain(sections.iter().map(|s| s.line.bbox()));
        let corners = boxes.flat_map(|b| [Point::new(b.west, b.south), Point::new(b.east, b.north)]);
        let extent = Bbox::around(corners);
        let view = heart(&sections).or(extent);

        let mut placed: Vec<_> =
            areas.into_iter().filter_map(|(id, area)| Some((tree.position(id)?, area))).collect();
        placed.sort_by_key(|(at, _)| (std::cmp::Reverse(tree.nodes()[*at].depth()), *at));
        let levels = placed
            .chunk_by(|(a, _), (b, _)| tree.nodes()[*a].depth() == tree.nodes()[*b].depth())
            .map(|level| AreaIndex::new(level.iter().cloned()))
            .collect();

        let cell_names = cells.iter().map(|c| CellName { id: c.id, code: c.code.as_str().into() }).collect();
        let section_names = sections
            .iter()
            .map(|s| SectionName { id: s.id, number: s.number.as_str().into(), name: s.name().into() })
            .collect();
        Self {
            tree,
            levels,
            cells: AreaIndex::new(cells.into_iter().enumerate().map(|(at, cell)| (at, cell.area.0))),
            cell_names,
            sections: SectionIndex::new(
                sections.into_iter().enumerate().map(|(at, section)| (at, section.line.0)),
            ),
            section_names,
            max_m,
            view,
            extent,
        }
    }
}

/// The box of the middle nine tenths of the street sections, each counted once, in both directions: a city's outline is
/// mostly fields and desert, and a road to a far village says nothing of where people look. None below ten sections.
fn heart(sections: &[Section]) -> Option<Bbox> {
    if sections.len() < 10 {
        return None;
    }
    let middle = |axis: fn(&Bbox) -> f64| {
        let mut all: Vec<f64> = sections.iter().map(|s| axis(&s.line.bbox())).collect();
        all.sort_by(f64::total_cmp);
        let cut = all.len() / 20;
        (all[cut], all[all.len() - 1 - cut])
    };
    let (west, east) = middle(|b| f64::midpoint(b.west, b.east));
    let (south, north) = middle(|b| f64::midpoint(b.south, b.north));
    // the outermost streets are wanted in full
    let (wide, high) = ((east - west) * 0.08, (north - south) * 0.08);
    Bbox::around([Point::new(west - wide, south - high), Point::new(east + wide, north + high)])
}
