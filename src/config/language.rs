//! `language:` in `site.yaml`. Knows the form of language tags and the codes of two letters; no text.

use std::sync::LazyLock;

use crate::diagnostic::rules;
use crate::fields::{Faults, Fields, Form, shortened};

use super::fault;

rules! {
    BAD_LANGUAGE = "bad-language", error fixed, "`language` is no language tag", settings "language: plain English";
}

/// The languages that have a code of two letters (ISO 639-1).
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
/// Those that are written from right to left unless their tag names another script, and the scripts that are (ISO 15924).
const RIGHT_TO_LEFT: [&str; 14] =
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"];
const RIGHT_TO_LEFT_SCRIPTS: [&str; 9] = ["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];
/// What people write for some: the codes of countries, and names.
const MEANT: [(&str, &str); 20] = [
    ("cn", "zh"),
    ("cz", "cs"),
    ("deutsch", "de"),
    ("dk", "da"),
    ("english", "en"),
    ("espanol", "es"),
    ("francais", "fr"),
    ("french", "fr"),
    ("gb", "en"),
    ("german", "de"),
    ("gr", "el"),
    ("iw", "he"),
    ("japanese", "ja"),
    ("jp", "ja"),
    ("kz", "kk"),
    ("portuguese", "pt"),
    ("spanish", "es"),
    ("ua", "uk"),
    ("us", "en"),
    ("vn", "vi"),
];

/// The codes in small letters and capitals, and what may follow.
static PATTERN: LazyLock<String> = LazyLock::new(|| {
    let letter = |c: char| format!("[{}{c}]", c.to_ascii_uppercase());
    let codes = CODES.split(' ').map(|code| code.chars().map(letter).collect::<String>());
    let codes = codes.collect::<Vec<_>>().join("|");
    format!("(?:{codes}|[A-Za-z]{{3}})(?:-[A-Za-z0-9]{{1,8}})*|[IiXx](?:-[A-Za-z0-9]{{1,8}})+")
});

/// A language tag (BCP 47).
pub(super) fn read(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<String> {
    let tag = fields.takes(Form::of("A language tag: en, de, pt-BR", PATTERN.as_str())).text("language", faults)?;
    if is_tag(&tag.value) {
        return Some(tag.value);
    }
    let help = meant(&tag.value)
        .map_or_else(|| "write `en`, `de` or `pt-BR`".to_owned(), |tag| format!("did you mean `{tag}`?"));
    faults.push(fault(BAD_LANGUAGE, format!("`{}` is not a language tag", shortened(&tag.value)), tag.spot).help(help));
    None
}

/// Whether `text` has the form of a tag whose language there is; of those with three letters there are thousands.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_language = match language.len() {
        1 => matches!(language.as_str(), "i" | "x") && text.contains('-'),
        2 => CODES.split(' ').any(|code| code == language),
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => false,
    };
    is_language && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Whether the language of a tag is written from right to left.
pub fn is_right_to_left(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic())) {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&language),
    }
}

/// The tag that `text` probably means.
fn meant(text: &str) -> Option<String> {
    let dashes = text.trim().split('.').next().unwrap_or_default().replace('_', "-");
    if is_tag(&dashes) {
        return Some(dashes);
    }
    let lower = dashes.to_lowercase();
    let first = lower.split(['-', ' ']).next().unwrap_or_default();
    MEANT.iter().find(|(written, _)| *written == first).map(|(_, tag)| (*tag).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_begins_with_a_language_that_there_is() {
        for tag in ["en", "de-AT", "pt-BR", "zh-Hant-TW", "gsw", "sr-Latn", "es-419", "EN", "x-klingon"] {
            assert!(is_tag(tag), "{tag}");
        }
        for (text, tag) in [
            ("en_GB", Some("en-GB")),
            ("de_DE.UTF-8", Some("de-DE")),
            ("jp", Some("ja")),
            ("English", Some("en")),
            ("plain English", None),
            ("xx", None),
            ("", None),
        ] {
            assert!(!is_tag(text), "{text}");
            assert_eq!(meant(text).as_deref(), tag, "{text}");
        }
    }

    #[test]
    fn the_direction_is_that_of_the_script() {
        for tag in ["ar", "AR-EG", "he", "fa-IR", "yi", "uz-Arab", "az-Arab-IR", "ckb"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["en", "ja", "ar-Latn", "ks-Deva", "pt-BR", "de-1996"] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }
}
