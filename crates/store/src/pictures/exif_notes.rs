//! What the camera noted: when, where, with what. Read before re-encoding takes it away.

use super::{Taken, Traces};
use image::metadata::Orientation;
use jiff::civil;
use std::io::Cursor;

/// Reads EXIF as far as it can be read; a picture without it, or with a broken one, is still a picture.
pub(super) fn traces(bytes: &[u8]) -> (Traces, Orientation) {
    use exif::{In, Tag};
    let read = exif::Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(bytes));
    let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| ())) else {
        return (Traces::default(), Orientation::NoTransforms);
    };
    let field = |tag: Tag| exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
    let ascii = |tag: Tag| match field(tag)? {
        exif::Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    };
    let text = |tag: Tag| {
        let text = String::from_utf8_lossy(ascii(tag)?);
        let text: String =
            text.trim_matches(['\0', ' ']).chars().filter(|c| !c.is_control()).take(100).collect();
        (!text.is_empty()).then_some(text)
    };
    let taken = [
        (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal),
        (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized),
        (Tag::DateTime, Tag::OffsetTime),
    ]
    .into_iter()
    .find_map(|(time, offset)| taken(ascii(time)?, ascii(offset)));
    let angle = |value: Tag, reference: Tag, negative: u8| {
        let exif::Value::Rational(parts) = field(value)? else { return None };
        let [degrees, minutes, seconds] = parts.get(..3)? else { return None };
        let angle = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
        let negative = ascii(reference).and_then(<[u8]>::first) == Some(&negative);
        Some(if negative { -angle } else { angle })
    };
    let position = angle(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')
        .zip(angle(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S'))
        // a phone that does not know where it is writes 0/0, in both senses
        .filter(|(lng, lat)| lng.abs() <= 180.0 && lat.abs() <= 90.0 && (*lng != 0.0 || *lat != 0.0));
    let orientation = field(Tag::Orientation)
        .and_then(|value| u8::try_from(value.get_uint(0)?).ok())
        .and_then(Orientation::from_exif)
        .unwrap_or(Orientation::NoTransforms);
    let traces = Traces {
        taken,
        position,
        make: text(Tag::Make),
        model: text(Tag::Model),
        software: text(Tag::Software),
    };
    (traces, orientation)
}

fn taken(time: &[u8], offset: Option<&[u8]>) -> Option<Taken> {
    let mut written = exif::DateTime::from_ascii(time).ok()?;
    // an offset that is no offset takes nothing away from the time
    let _ = offset.map(|offset| written.parse_offset(offset));
    let small = |n: u8| i8::try_from(n).ok();
    let date =
        civil::Date::new(i16::try_from(written.year).ok()?, small(written.month)?, small(written.day)?)
            .ok()?;
    let time =
        civil::Time::new(small(written.hour)?, small(written.minute)?, small(written.second)?.min(59), 0)
            .ok()?;
    Some(Taken { at: date.to_datetime(time), offset_minutes: written.offset })
}
