//! A name that [`names::compare`] would offer after one slip is also among the candidates: it shares a key.

use names::{Key, index_keys, query_keys};
use proptest::prelude::*;

fn shares(asked: &str, name: &str) -> bool {
    let kept = index_keys(name);
    query_keys(asked).iter().any(|key| match key {
        Key::Whole(key) => kept.binary_search(key).is_ok(),
        Key::Begins(start) => kept.iter().any(|key| key.starts_with(start)),
    })
}

proptest! {
    #[test]
    fn one_wrong_character(name in "[一-龥]{3,8}", at in 0_usize..8, other in "[一-龥]") {
        let chars: Vec<char> = name.chars().collect();
        let slipped: String = chars.iter().enumerate()
            .map(|(n, c)| if n == at % chars.len() { other.clone() } else { c.to_string() }).collect();
        prop_assert!(shares(&slipped, &name), "{} {}", slipped, name);
    }

    #[test]
    fn one_missing_character(name in "[一-龥]{3,8}", at in 0_usize..8) {
        let length = name.chars().count();
        let slipped: String = name.chars().enumerate().filter(|(n, _)| *n != at % length).map(|(_, c)| c).collect();
        prop_assert!(shares(&slipped, &name), "{} {}", slipped, name);
    }

    #[test]
    fn two_swapped_characters(name in "[一-龥]{2,8}", at in 0_usize..8) {
        let mut chars: Vec<char> = name.chars().collect();
        let at = at % (chars.len() - 1);
        chars.swap(at, at + 1);
        let slipped: String = chars.iter().collect();
        prop_assert!(shares(&slipped, &name), "{} {}", slipped, name);
    }

    #[test]
    fn parts_initials_and_pinyin(name in "[一-龥]{2,8}", from in 0_usize..7, length in 1_usize..8) {
        let part: String = name.chars().skip(from).take(length).collect();
        prop_assert!(part.is_empty() || shares(&part, &name), "{} {}", part, name);
        let usual: Vec<String> = names::clean(&name).chars().filter_map(|c| names::readings(c).into_iter().next()).collect();
        prop_assume!(usual.len() == name.chars().count());
        let initials: String = usual.iter().map(|r| &r[..1]).collect();
        prop_assert!(shares(&initials, &name) && shares(&initials[1..], &name), "{} {}", initials, name);
        let pinyin = usual.concat();
        prop_assert!(shares(&pinyin, &name) && shares(&pinyin[..=pinyin.len() / 2], &name), "{} {}", pinyin, name);
    }

    #[test]
    fn nothing_breaks_the_keys(text in any::<String>()) {
        let _ = (index_keys(&text), query_keys(&text));
    }
}
