//! QR codes as SVG paths: squares of one unit each on a grid, to be put into an `<svg viewBox>`.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// White margin around the code, in squares; readers want four.
const QUIET: usize = 4;

/// A whole `<svg>` of the text. Quarter of it may be dirty or torn and it still reads: signs hang in the weather.
pub(crate) fn path(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::Q).ok()?;
    let (width, squares) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (row, line) in squares.chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = line[column..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                // one rectangle for neighbours, so that no hairline shows between them
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET);
            }
            column += run.max(1);
        }
    }
    let side = width + 2 * QUIET;
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-hidden=\"true\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}
