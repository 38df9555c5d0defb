use super::narrow;
use std::ops::Range;

/// The first character of a plate: what the province is called in one.
const PROVINCES: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";
/// The last character of plates of trailers, driving schools, the police, and of cars from Hong Kong and Macao.
const TAILS: &str = "挂学警港澳";

/// Where number plates of vehicles stand in a text, in bytes, as GA 36-2018 makes them: 甘B12345, 甘B·1234警, and with six
/// characters those of electric cars, 甘BD12345 and 甘B12345D. The letters I and O are on none. Small letters, full-width
/// ones, and a point, hyphen or space behind the second character are read as well.
pub fn plates(text: &str) -> Vec<Range<usize>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        match plate_at(&letters[at..]) {
            Some(length) => {
                let end = letters.get(at + length).map_or(text.len(), |(byte, _)| *byte);
                found.push(letters[at].0..end);
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// How many characters the plate has that begins here.
fn plate_at(letters: &[(usize, char)]) -> Option<usize> {
    let plain = |n: usize| letters.get(n).map(|(_, c)| narrow(*c).to_ascii_uppercase());
    plain(0).filter(|c| PROVINCES.contains(*c))?;
    plain(1).filter(|c| c.is_ascii_uppercase() && !"IO".contains(*c))?;
    let gap = usize::from(plain(2).is_some_and(|c| "·•.- ".contains(c)));
    let from = 2 + gap;
    let serial: Vec<char> =
        (from..).map_while(plain).take_while(char::is_ascii_alphanumeric).take(7).collect();
    let fits = |c: &char| !"IO".contains(*c);
    let digits = |of: &[char]| of.iter().all(char::is_ascii_digit);
    let power = |c: &char| matches!(c, 'A'..='H' | 'J' | 'K');
    if !serial.iter().all(fits) {
        return None;
    }
    let ends_there = match serial.as_slice() {
        // a word in Latin letters is no number
        [_, _, _, _, _] => serial.iter().filter(|c| c.is_ascii_digit()).count() >= 2,
        [first, _, rest @ ..] if serial.len() == 6 && power(first) => digits(rest),
        [rest @ .., last] if serial.len() == 6 && power(last) => digits(rest),
        [_, _, _, _] => {
            return plain(from + 4).filter(|c| TAILS.contains(*c)).map(|_| from + 5);
        }
        _ => false,
    };
    ends_there.then_some(from + serial.len())
}

#[cfg(test)]
mod tests {
    use super::plates;

    fn found(text: &str) -> Vec<&str> {
        plates(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn plates_are_found_however_they_are_written() {
        assert_eq!(found("一辆甘B12345堵在门口"), ["甘B12345"]);
        assert_eq!(found("甘b·8k123 和 京Ａ－０１２３４"), ["甘b·8k123", "京Ａ－０１２３４"]);
        assert_eq!(found("新能源甘BD12345、粤B12345F"), ["甘BD12345", "粤B12345F"]);
        assert_eq!(found("甘B1234学"), ["甘B1234学"]);
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for text in
            ["甘肃B12345", "川A级景区", "宁A1234", "新A123456789", "藏BIKES", "甘B1O345", "京ABCDEF", ""]
        {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
