//! What Hugo makes of words in an address. Knows letters and signs, no settings.

/// Spaces become dashes; of other signs those that addresses seldom hold go (Hugo's `urlize`).
pub fn as_path(text: &str, keeps_case: bool) -> String {
    let mut path = String::new();
    for c in text.trim().chars() {
        let follows_dash = path.ends_with('-');
        match c {
            ' ' | '-' if follows_dash => {}
            ' ' => path.push('-'),
            c if c.is_alphanumeric() || matches!(c, '.' | '/' | '\\' | '_' | '#' | '+' | '~' | '-' | '@') => {
                path.push(c)
            }
            _ => {}
        }
    }
    if keeps_case { path } else { path.to_lowercase() }
}
