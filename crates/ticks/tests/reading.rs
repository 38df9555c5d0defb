//! Sheets drawn by arithmetic, read again.
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels of small pictures")]

#[cfg(test)]
mod reading {
    use qrcode::{Color, EcLevel, QrCode};
    use ticks::trial::{Dice, Pen, Shot, Way, blank, shot, tick};
    use ticks::{Area, Fault, Gray, Placed, Plan, Point, Tick, codes, measure, part, place};

    const WORD: &str = "CC1.abcdefghjkmnpqrstuvwxyz023";
    /// Pixels of a millimetre of what is drawn: 200 dpi.
    const FINE: f64 = 200.0 / 25.4;

    fn plan() -> Plan {
        Plan {
            width: 210.0,
            height: 297.0,
            marks: [(14.0, 14.0), (196.0, 14.0), (196.0, 242.0), (14.0, 242.0)].map(|(x, y)| Point { x, y }),
            mark_side: 8.0,
            code: Area::new(154.0, 21.0, 31.0, 31.0),
            boxes: (0..12)
                .map(|n| Area::new(18.0 + f64::from(n % 3) * 58.0, 63.0 + f64::from(n / 3) * 9.0, 6.0, 6.0))
                .collect(),
            line: 0.5,
        }
    }

    fn sheet() -> Gray {
        let code = QrCode::with_error_correction_level(WORD, EcLevel::Q).unwrap();
        let black: Vec<bool> = code.to_colors().into_iter().map(|c| c == Color::Dark).collect();
        blank(&plan(), &black, FINE)
    }

    const BALLPOINT: Pen = Pen { width: 0.6, dark: 0.85 };

    fn filled(boxes: &[(usize, Way)], pen: Pen) -> Gray {
        let (mut sheet, mut dice) = (sheet(), Dice::new(1));
        for (n, way) in boxes {
            tick(&mut sheet, FINE, plan().boxes[*n], *way, pen, &mut dice);
        }
        sheet
    }

    fn placed(picture: &Gray) -> Result<Placed, Fault> {
        let found = codes(picture);
        assert_eq!(found.len(), 1, "one code");
        assert_eq!(found[0].text, WORD);
        place(picture, &found[0], &plan())
    }

    fn read(picture: &Gray) -> Vec<Tick> {
        measure(picture, &placed(picture).unwrap(), &plan()).iter().map(|ink| ink.tick()).collect()
    }

    /// Twelve boxes of which these are ticked.
    fn only(ticked: &[usize]) -> Vec<Tick> {
        (0..12).map(|n| if ticked.contains(&n) { Tick::Ticked } else { Tick::Empty }).collect()
    }

    #[test]
    fn a_clean_scan_is_read() {
        for (n, way) in [Way::Hook, Way::Cross, Way::Slash, Way::Filled].into_iter().enumerate() {
            let picture =
                shot(&filled(&[(n, way), (7, way)], BALLPOINT), FINE, &Shot::default(), &mut Dice::new(2));
            assert_eq!(read(&picture), only(&[n, 7]), "{way:?}");
        }
        assert_eq!(read(&shot(&sheet(), FINE, &Shot::default(), &mut Dice::new(2))), only(&[]));
    }

    #[test]
    fn it_may_lie_any_way_up() {
        let sheet = filled(&[(4, Way::Hook)], BALLPOINT);
        for angle in [33.0, 90.0, 180.0, 250.0] {
            let how = Shot { angle, around: 15.0, ..Shot::default() };
            assert_eq!(read(&shot(&sheet, FINE, &how, &mut Dice::new(3))), only(&[4]), "{angle}");
        }
    }

    #[test]
    fn it_may_be_photographed_aslant_in_bad_light() {
        let sheet = filled(&[(10, Way::Hook)], BALLPOINT);
        for tilt in [(0.12, 0.0), (-0.1, 0.15), (0.0, -0.18)] {
            let how = Shot {
                tilt,
                angle: 12.0,
                around: 20.0,
                blur: 0.9,
                shade: 0.45,
                noise: 6.0,
                ..Shot::default()
            };
            assert_eq!(read(&shot(&sheet, FINE, &how, &mut Dice::new(4))), only(&[10]), "{tilt:?}");
        }
    }

    #[test]
    fn a_stroke_that_is_hardly_there_is_left_to_a_person() {
        let faint = filled(&[(5, Way::Slash)], Pen { width: 0.3, dark: 0.4 });
        let ticks = read(&shot(&faint, FINE, &Shot::default(), &mut Dice::new(5)));
        assert_ne!(ticks[5], Tick::Empty, "never taken for empty here: {ticks:?}");
        assert!(ticks.iter().enumerate().all(|(n, t)| n == 5 || *t == Tick::Empty));
    }

    #[test]
    fn a_missing_corner_is_said() {
        let mut sheet = filled(&[(0, Way::Hook)], BALLPOINT);
        for y in 0..(30.0 * FINE) as usize {
            for x in 0..(30.0 * FINE) as usize {
                sheet.pixels[y * sheet.width + x] = 255;
            }
        }
        let picture = shot(&sheet, FINE, &Shot::default(), &mut Dice::new(6));
        assert_eq!(placed(&picture).unwrap_err(), Fault::NoMarks);
    }

    #[test]
    fn too_faint_and_too_small_are_said() {
        let sheet = filled(&[(0, Way::Hook)], BALLPOINT);
        let faint = Shot { black: 180.0, white: 245.0, ..Shot::default() };
        let picture = shot(&sheet, FINE, &faint, &mut Dice::new(7));
        let found = codes(&picture);
        if let Some(code) = found.first() {
            assert_eq!(place(&picture, code, &plan()).unwrap_err(), Fault::Faint);
        }
        let small = Shot { per_mm: 2.4, ..Shot::default() };
        let picture = shot(&sheet, FINE, &small, &mut Dice::new(8));
        if let Some(code) = codes(&picture).first() {
            assert_eq!(place(&picture, code, &plan()).unwrap_err(), Fault::Small);
        }
    }

    #[test]
    fn what_is_no_sheet_has_no_code() {
        assert!(codes(&Gray::new(400, 300, |x, y| ((x * 7 + y * 13) % 251) as u8)).is_empty());
        assert!(codes(&Gray::new(8, 8, |_, _| 255)).is_empty());
        assert!(Gray::decode(b"GIF89a").is_none());
        assert!(Gray::decode(b"").is_none());
    }

    #[test]
    fn parts_are_cut_out_straight() {
        let sheet = filled(&[(2, Way::Filled)], BALLPOINT);
        let how = Shot { angle: 205.0, around: 10.0, ..Shot::default() };
        let picture = shot(&sheet, FINE, &how, &mut Dice::new(9));
        let cut = part(&picture, &placed(&picture).unwrap(), plan().boxes[2], 10.0);
        assert_eq!((cut.width, cut.height), (60, 60));
        let mean = |part: &[u8]| part.iter().map(|v| u32::from(*v)).sum::<u32>() / part.len() as u32;
        assert!(mean(&cut.pixels) < 120, "the filled box fills the part: {}", mean(&cut.pixels));
    }
}
