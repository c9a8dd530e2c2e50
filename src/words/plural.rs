//! Plural categories of whole numbers: the cardinal rules of CLDR 48 (`supplemental/plurals.xml`) for the languages of the theme and for
//! those that a site is likely to bring. Knows numbers, no words.

/// What all languages have.
pub const OTHER: &str = "other";

/// The names of all categories.
pub(super) const NAMES: [&str; 6] = ["zero", "one", "two", "few", "many", OTHER];

/// How a language counts.
#[derive(Clone, Copy)]
enum Rule {
    /// Numbers change nothing.
    None,
    One,
    /// Of none as of one.
    ZeroAndOne,
    /// One, and whole millions.
    OneAndMillions,
    ZeroAndOneAndMillions,
    OneTwo,
    Arabic,
    Slavic,
    SouthSlavic,
    Polish,
    Czech,
    Lithuanian,
    Latvian,
    Romanian,
    Slovenian,
}

fn rule(language: &str) -> Rule {
    let tag = language.to_ascii_lowercase();
    match tag.split('-').next().unwrap_or_default() {
        "pt" if tag == "pt-pt" => Rule::OneAndMillions,
        "id" | "ja" | "km" | "ko" | "lo" | "ms" | "my" | "th" | "vi" | "yue" | "zh" => Rule::None,
        "am" | "as" | "bn" | "fa" | "gu" | "hi" | "kn" | "zu" | "hy" => Rule::ZeroAndOne,
        "fr" | "pt" => Rule::ZeroAndOneAndMillions,
        "ca" | "es" | "it" => Rule::OneAndMillions,
        "he" | "iw" => Rule::OneTwo,
        "ar" => Rule::Arabic,
        "be" | "ru" | "uk" => Rule::Slavic,
        "bs" | "hr" | "sh" | "sr" => Rule::SouthSlavic,
        "pl" => Rule::Polish,
        "cs" | "sk" => Rule::Czech,
        "lt" => Rule::Lithuanian,
        "lv" => Rule::Latvian,
        "mo" | "ro" => Rule::Romanian,
        "sl" => Rule::Slovenian,
        _ => Rule::One,
    }
}

/// The categories of a language.
pub fn categories(language: &str) -> &'static [&'static str] {
    match rule(language) {
        Rule::None => &[OTHER],
        Rule::One | Rule::ZeroAndOne => &["one", OTHER],
        Rule::OneAndMillions | Rule::ZeroAndOneAndMillions => &["one", "many", OTHER],
        Rule::OneTwo => &["one", "two", OTHER],
        Rule::Arabic => &NAMES,
        Rule::Slavic | Rule::Polish => &["one", "few", "many", OTHER],
        Rule::SouthSlavic | Rule::Czech | Rule::Lithuanian | Rule::Romanian => &["one", "few", OTHER],
        Rule::Latvian => &["zero", "one", OTHER],
        Rule::Slovenian => &["one", "two", "few", OTHER],
    }
}

/// The category of `n` in a language.
pub fn category(language: &str, n: u64) -> &'static str {
    let (last, last_two) = (n % 10, n % 100);
    let is_million = n != 0 && n.is_multiple_of(1_000_000);
    match (rule(language), n) {
        (Rule::ZeroAndOne | Rule::ZeroAndOneAndMillions, 0 | 1)
        | (
            Rule::One
            | Rule::OneAndMillions
            | Rule::OneTwo
            | Rule::Arabic
            | Rule::Polish
            | Rule::Czech
            | Rule::Romanian,
            1,
        ) => "one",
        (Rule::OneAndMillions | Rule::ZeroAndOneAndMillions, _) if is_million => "many",
        (Rule::OneTwo | Rule::Arabic, 2) => "two",
        (Rule::Arabic, 0) => "zero",
        (Rule::Arabic, _) if (3..=10).contains(&last_two) => "few",
        (Rule::Arabic, _) if last_two >= 11 => "many",
        (Rule::Slavic | Rule::SouthSlavic, _) if last == 1 && last_two != 11 => "one",
        (Rule::Slavic | Rule::SouthSlavic | Rule::Polish, _)
            if (2..=4).contains(&last) && !(12..=14).contains(&last_two) =>
        {
            "few"
        }
        (Rule::Slavic | Rule::Polish, _) => "many",
        (Rule::Czech, 2..=4) => "few",
        (Rule::Lithuanian, _) if (11..=19).contains(&last_two) => OTHER,
        (Rule::Lithuanian, _) if last == 1 => "one",
        (Rule::Lithuanian, _) if last >= 2 => "few",
        (Rule::Latvian, _) if last == 0 || (11..=19).contains(&last_two) => "zero",
        (Rule::Latvian, _) if last == 1 => "one",
        (Rule::Romanian, _) if n == 0 || (1..=19).contains(&last_two) => "few",
        (Rule::Slovenian, _) if last_two == 1 => "one",
        (Rule::Slovenian, _) if last_two == 2 => "two",
        (Rule::Slovenian, _) if (3..=4).contains(&last_two) => "few",
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_categories_that_cldr_gives_them() {
        let of = |language: &str| {
            let numbers = [0, 1, 2, 3, 5, 11, 12, 21, 22, 100, 101, 103, 1_000_000];
            numbers.map(|n| format!("{n} {}", category(language, n))).join(", ")
        };
        let shown = ["en", "fr", "pt", "pt-PT", "es", "ja", "he", "ar", "ru", "pl", "cs", "lt", "lv", "ro", "sl"];
        insta::assert_snapshot!(shown.map(|language| format!("{language}: {}", of(language))).join("\n"), @r"
        en: 0 other, 1 one, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 other
        fr: 0 one, 1 one, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 many
        pt: 0 one, 1 one, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 many
        pt-PT: 0 other, 1 one, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 many
        es: 0 other, 1 one, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 many
        ja: 0 other, 1 other, 2 other, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 other
        he: 0 other, 1 one, 2 two, 3 other, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 other
        ar: 0 zero, 1 one, 2 two, 3 few, 5 few, 11 many, 12 many, 21 many, 22 many, 100 other, 101 other, 103 few, 1000000 other
        ru: 0 many, 1 one, 2 few, 3 few, 5 many, 11 many, 12 many, 21 one, 22 few, 100 many, 101 one, 103 few, 1000000 many
        pl: 0 many, 1 one, 2 few, 3 few, 5 many, 11 many, 12 many, 21 many, 22 few, 100 many, 101 many, 103 few, 1000000 many
        cs: 0 other, 1 one, 2 few, 3 few, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 other, 103 other, 1000000 other
        lt: 0 other, 1 one, 2 few, 3 few, 5 few, 11 other, 12 other, 21 one, 22 few, 100 other, 101 one, 103 few, 1000000 other
        lv: 0 zero, 1 one, 2 other, 3 other, 5 other, 11 zero, 12 zero, 21 one, 22 other, 100 zero, 101 one, 103 other, 1000000 zero
        ro: 0 few, 1 one, 2 few, 3 few, 5 few, 11 few, 12 few, 21 other, 22 other, 100 other, 101 few, 103 few, 1000000 other
        sl: 0 other, 1 one, 2 two, 3 few, 5 other, 11 other, 12 other, 21 other, 22 other, 100 other, 101 one, 103 few, 1000000 other
        ");
    }
}
