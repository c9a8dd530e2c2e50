//! Lists of names as a language writes them (CLDR, `listPattern` standard, with what its rules say of Spanish and Hebrew). Knows names, not
//! what they are of.

use super::{Message, Words};

impl Words {
    /// `a`, `a and b`, `a, b and c`.
    pub fn list<T: AsRef<str>>(&self, names: &[T]) -> String {
        match names {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first, last] => self.joined("list_two", first.as_ref(), last.as_ref()),
            [most @ .., last] => self.joined("list_last", &self.commas(most), last.as_ref()),
        }
    }

    /// The names with the language's comma between them.
    pub fn commas<T: AsRef<str>>(&self, names: &[T]) -> String {
        let comma = self.text("list_comma");
        let mut list = String::new();
        for (n, name) in names.iter().enumerate() {
            list.extend([if n == 0 { "" } else { comma }, name.as_ref()]);
        }
        list
    }

    fn joined(&self, pattern: &str, first: &str, last: &str) -> String {
        let with = [("first", first), ("last", last)];
        let before = |kind: &str| match self.message("list_before") {
            Some(Message::Choice(forms)) => forms.get(kind),
            _ => None,
        };
        let special = match before("i") {
            Some(form) if begins_with_i(last) => Some(form),
            _ => before("not-hebrew").filter(|_| !last.starts_with(|c| matches!(c, '\u{590}'..='\u{5ff}'))),
        };
        special.map_or_else(|| self.say(pattern, &with), |form| form.filled(&with))
    }
}

/// Whether a Spanish word begins with the sound of `y`: *i* and *hi*, not as in *hielo*.
fn begins_with_i(word: &str) -> bool {
    let word = word.to_lowercase();
    let rest = word.strip_prefix('h').unwrap_or(&word);
    let is_i = rest.starts_with(['i', '\u{ed}']);
    is_i && !(word.starts_with("hia") || word.starts_with("hie") || word.starts_with("hio"))
}
