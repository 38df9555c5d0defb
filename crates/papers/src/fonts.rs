//! Fonts of the machine: found by what their files are called, read once, asked character by character.
//!
//! Official documents are set in 仿宋, 小标宋, 黑体 and 楷体. Those are seldom free and so not part of this program: they are
//! taken where they are installed, else the free Song and Hei faces that Debian packages. Where a face lacks a character, the
//! next in the chain is asked: rare characters of names come from faces made for them.

use crate::Error;
use krilla::text::Font;
use parking_lot::RwLock;
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What a text is for, which decides its face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// 仿宋: text.
    Body,
    /// 小标宋: titles.
    Title,
    /// 黑体: headings of the first level.
    Heading,
    /// 楷体: headings of the second level.
    Subheading,
}

/// Beginnings of file names in small letters, the best first.
const BODY: &[&str] = &[
    "simfang",
    "stfangso",
    "fangsong",
    "fzfs",
    "fandolfang",
    "notoserifcjk-regular",
    "notoserifcjksc-regular",
];
const TITLE: &[&str] =
    &["fzxbs", "fzxiaobiaosong", "fandolsong-bold", "notoserifcjk-bold", "notoserifcjksc-bold"];
const HEADING: &[&str] = &["simhei", "stheiti", "fandolhei", "notosanscjk-bold", "notosanscjksc-bold"];
const SUBHEADING: &[&str] = &["simkai", "stkaiti", "kaiti", "fzkt", "fandolkai", "ukai", "gkai00mp"];
/// Asked last, by every role.
const ANY: &[&str] = &[
    "notoserifcjk-regular",
    "notoserifcjksc-regular",
    "sourcehanserif",
    "notoserifsc",
    "simsun",
    "notosanscjk-regular",
    "notosanscjksc-regular",
    "sourcehansans",
    "notosanssc",
    "wqy-zenhei",
    "wqy-microhei",
    "uming",
    "gbsn00lp",
    "droidsansfallback",
    "hanamina",
    "hanaminb",
    "babelstonehan",
];

/// Where fonts are looked for besides the folders that the operator names.
const FOLDERS: &[&str] = &["/usr/share/fonts", "/usr/local/share/fonts"];

/// A face that has been read.
pub struct Face {
    pub(crate) font: Font,
    bytes: Arc<Vec<u8>>,
    index: u32,
    /// Glyph and advance, in ems, of each character asked for so far.
    known: RwLock<HashMap<char, Option<(u32, f32)>>>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({} bytes, {})", self.bytes.len(), self.index)
    }
}

impl Face {
    fn read(path: &Path) -> Result<Self, Error> {
        let bad = |e: &dyn std::fmt::Display| Error::BadFont(path.display().to_string(), e.to_string());
        let bytes = Arc::new(std::fs::read(path).map_err(|e| bad(&e))?);
        let index = simplified(&bytes).map_err(|e| bad(&e))?;
        let font = Font::new(Arc::clone(&bytes).into(), index)
            .ok_or_else(|| bad(&"not a font that can be embedded"))?;
        Ok(Self { font, bytes, index, known: RwLock::default() })
    }

    /// Glyph and advance in ems; none where the face lacks it.
    pub(crate) fn glyph(&self, c: char) -> Option<(u32, f32)> {
        if let Some(known) = self.known.read().get(&c) {
            return *known;
        }
        let found = self.look_up(c);
        self.known.write().insert(c, found);
        found
    }

    fn look_up(&self, c: char) -> Option<(u32, f32)> {
        let font = FontRef::from_index(self.bytes.as_slice(), self.index).ok()?;
        let glyph = font.charmap().map(c)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let em = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        Some((glyph.to_u32(), metrics.advance_width(glyph)? / em))
    }
}

/// The face of a collection that is drawn for simplified Chinese; the first where none says so.
fn simplified(bytes: &[u8]) -> Result<u32, String> {
    let FileRef::Collection(all) = FileRef::new(bytes).map_err(|e| e.to_string())? else { return Ok(0) };
    let names = |n: u32| {
        let font = all.get(n).ok()?;
        let strings = font.localized_strings(StringId::FAMILY_NAME);
        Some(strings.map(|s| s.chars().collect::<String>()).collect::<Vec<_>>())
    };
    let wanted = |n: &u32| {
        let all = names(*n).unwrap_or_default();
        all.iter().any(|name| name.ends_with(" SC") && !name.contains("Mono"))
            || all.iter().any(|name| name.ends_with(" CN"))
    };
    Ok((0..all.len()).find(wanted).unwrap_or(0))
}

/// A file that may be read when somebody needs it.
struct Slot {
    path: PathBuf,
    /// None once it turned out to be unreadable.
    face: OnceLock<Option<Arc<Face>>>,
}

/// The fonts of this machine. Cheap to make: files are read when a character is asked of them.
pub struct Fonts {
    slots: Vec<Slot>,
    looked: Vec<PathBuf>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.slots.iter().map(|s| &s.path)).finish()
    }
}

static SHARED: OnceLock<Fonts> = OnceLock::new();

impl Fonts {
    /// The fonts in these folders and those below, besides where systems keep them.
    pub fn find(folders: &[PathBuf]) -> Self {
        let usual = FOLDERS.iter().map(PathBuf::from);
        Self::only_in(folders.iter().cloned().chain(usual))
    }

    /// The fonts in these folders and no others.
    pub fn only_in(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        let looked: Vec<PathBuf> = folders.into_iter().collect();
        let mut files = Vec::new();
        for folder in &looked {
            collect(folder, 0, &mut files);
        }
        let slots = files.into_iter().map(|path| Slot { path, face: OnceLock::new() }).collect();
        Self { slots, looked }
    }

    /// Those that the whole program uses. The first call decides where they are looked for.
    pub fn shared(folders: &[PathBuf]) -> &'static Fonts {
        SHARED.get_or_init(|| Self::find(folders))
    }

    fn face(&self, slot: usize) -> Option<Arc<Face>> {
        let slot = self.slots.get(slot)?;
        slot.face.get_or_init(|| Face::read(&slot.path).ok().map(Arc::new)).clone()
    }

    /// Slots of a role, the best first.
    fn chain(&self, role: Role) -> Vec<usize> {
        let own = match role {
            Role::Body => BODY,
            Role::Title => TITLE,
            Role::Heading => HEADING,
            Role::Subheading => SUBHEADING,
        };
        let mut chain = Vec::new();
        for wanted in own.iter().chain(ANY) {
            for (n, slot) in self.slots.iter().enumerate() {
                let name = slot.path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_lowercase();
                if name.starts_with(wanted) && !chain.contains(&n) {
                    chain.push(n);
                }
            }
        }
        chain
    }

    /// The faces of a role as a document asks them.
    pub(crate) fn cast(&self, role: Role) -> Result<Cast<'_>, Error> {
        let chain = self.chain(role);
        let cast = Cast { fonts: self, chain };
        // without a single Chinese character there is nothing to write with
        match cast.pick('文') {
            Some(_) => Ok(cast),
            None => {
                let places: Vec<String> = self.looked.iter().map(|p| p.display().to_string()).collect();
                Err(Error::NoFont(places.join(", ")))
            }
        }
    }
}

/// Fonts in a folder and below. What cannot be read is passed over: another folder may serve.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if depth < 6 {
                collect(&path, depth + 1, files);
            }
            continue;
        }
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
        if matches!(kind.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            files.push(path);
        }
    }
}

/// The faces of one role, the best first.
pub(crate) struct Cast<'f> {
    fonts: &'f Fonts,
    chain: Vec<usize>,
}

impl Cast<'_> {
    /// The first face that has the character, with its glyph and advance.
    pub(crate) fn pick(&self, c: char) -> Option<(Arc<Face>, u32, f32)> {
        self.chain.iter().find_map(|slot| {
            let face = self.fonts.face(*slot)?;
            let (glyph, advance) = face.glyph(c)?;
            Some((face, glyph, advance))
        })
    }

    /// [`pick`](Self::pick); what no face has is shown as 〓, as printers do.
    pub(crate) fn pick_any(&self, c: char) -> Option<(Arc<Face>, u32, f32)> {
        self.pick(c).or_else(|| self.pick('〓')).or_else(|| self.pick('?'))
    }
}
