//! EBML, of which WebM and Matroska are made (RFC 8794): elements with an id, a size, and content that may be elements again.

use super::Fault;
use super::numbers::{big, blank};

/// The element every file begins with.
pub(crate) const HEAD: u32 = 0x1A45_DFA3;
/// Room: whoever reads skips it.
const VOID: u8 = 0xEC;

/// Where an element lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    pub id: u32,
    pub start: usize,
    /// Where its content begins.
    pub data: usize,
    /// Of the content; none while a recorder did not know yet.
    pub size: Option<usize>,
}

/// The element that begins here, inside something that ends at `end`.
pub(crate) fn element(bytes: &[u8], start: usize, end: usize) -> Result<Element, Fault> {
    let first = *bytes.get(start).ok_or(Fault::Damaged)?;
    let id_length = first.leading_zeros() as usize + 1;
    let id = big(bytes, start, id_length).filter(|_| id_length <= 4).ok_or(Fault::Damaged)?;
    let id = u32::try_from(id).map_err(|_| Fault::Damaged)?;
    let at = start + id_length;
    let first = *bytes.get(at).ok_or(Fault::Damaged)?;
    let size_length = first.leading_zeros() as usize + 1;
    let raw = big(bytes, at, size_length).ok_or(Fault::Damaged)?;
    // the size without the one that says how many bytes it has; all ones: not known
    let mask = (1_u64 << (7 * size_length)) - 1;
    let size = match raw & mask {
        size if size == mask => None,
        size => Some(usize::try_from(size).map_err(|_| Fault::Damaged)?),
    };
    let data = at + size_length;
    let fits = data <= end && size.is_none_or(|size| size <= end - data);
    if fits { Ok(Element { id, start, data, size }) } else { Err(Fault::Damaged) }
}

/// Makes an element room of the same size, so that everything behind it stays where it was.
pub(crate) fn make_void(bytes: &mut [u8], start: usize, end: usize, data: usize) {
    blank(bytes, start, end);
    // one byte says that it is room, the others of what was the head hold its size
    let width = (data - start - 1).min(8);
    let size = (end - start - 1 - width) as u64;
    let coded = (size | (1 << (7 * width))).to_be_bytes();
    if let Some(head) = bytes.get_mut(start..start + 1 + width) {
        head[0] = VOID;
        head[1..].copy_from_slice(&coded[8 - width..]);
    }
}

/// The number that an element holds.
pub(crate) fn number(bytes: &[u8], element: &Element) -> Option<u64> {
    big(bytes, element.data, element.size?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_room_ends_where_it_ended() {
        // id of four bytes, size in two and in eight, content of five
        for head in [
            &[0x12, 0x54, 0xC3, 0x67, 0x40, 5][..],
            &[0x12, 0x54, 0xC3, 0x67, 1, 0, 0, 0, 0, 0, 0, 5],
            &[0x63, 0xC0, 0x85],
        ] {
            let mut bytes = [head, b"hello", &[0xEC, 0x80]].concat();
            let found = element(&bytes, 0, bytes.len()).unwrap();
            let end = found.data + found.size.unwrap();
            assert_eq!(end, head.len() + 5);
            make_void(&mut bytes, 0, end, found.data);
            let room = element(&bytes, 0, bytes.len()).unwrap();
            assert_eq!((room.id, room.data + room.size.unwrap()), (u32::from(VOID), end));
            assert!(!bytes.windows(5).any(|part| part == b"hello"));
        }
    }

    #[test]
    fn what_reaches_out_of_its_place_is_damaged() {
        for wrong in [&[][..], &[0xEC], &[0xEC, 0x85, 1], &[0, 0, 0, 0, 1], &[0xEC, 0]] {
            assert!(element(wrong, 0, wrong.len()).is_err(), "{wrong:?}");
        }
        assert_eq!(element(&[0x1F, 0x43, 0xB6, 0x75, 0xFF], 0, 5).unwrap().size, None);
    }
}
