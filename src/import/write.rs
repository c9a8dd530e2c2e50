//! Pieces of Markdown that marks of several programs become: figures, fences, quotations, alerts. Knows how they are written so
//! that they are read as meant, not what they stand for.

use super::common_markdown::plain;

/// What stands for a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Lines of their own.
    Block(String),
    /// A part of a line.
    Inline(String),
}

/// A picture with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    pub src: String,
    pub alt: String,
    /// As Markdown; a caption is plain words.
    pub caption: String,
    pub link: Option<String>,
}

impl Figure {
    /// A picture, its caption as its title.
    pub fn markdown(&self) -> String {
        let alt = self.alt.replace(['[', ']', '\n'], " ");
        let caption = plain(&self.caption).replace('\\', "\\\\").replace('"', "\\\"");
        let title = if caption.is_empty() { String::new() } else { format!(" \"{caption}\"") };
        let picture = format!("![{}]({}{title})", alt.trim(), destination(&self.src));
        match &self.link {
            Some(link) => format!("[{picture}]({})", destination(link)),
            None => picture,
        }
    }
}

fn destination(address: &str) -> String {
    let address = address.trim();
    match address.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>')) {
        true => format!("<{}>", address.replace('<', "%3C").replace('>', "%3E").replace('\n', "%0A")),
        false => address.to_owned(),
    }
}

/// A block of code in a fence that it does not hold; within a line, a span.
pub fn fence(language: &str, code: &str, is_block: bool) -> Meaning {
    if !is_block && !code.contains('\n') {
        return Meaning::Inline(code_span(code));
    }
    let code = code.strip_prefix('\n').unwrap_or(code);
    let longest =
        code.lines().map(|line| line.trim_start()).map(|line| line.len() - line.trim_start_matches('`').len()).max();
    let ticks = "`".repeat(longest.unwrap_or(0).max(2) + 1);
    let language: String = language.chars().filter(|c| c.is_alphanumeric() || "+-_#.".contains(*c)).collect();
    Meaning::Block(format!("{ticks}{language}\n{}\n{ticks}", code.trim_end()))
}

/// A span of code between marks that it does not hold.
pub fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(if code.contains('`') { longest + 1 } else { 1 });
    let space = if code.starts_with('`') || code.ends_with('`') || code.is_empty() { " " } else { "" };
    format!("{ticks}{space}{}{space}{ticks}", code.replace('\n', " "))
}

/// The language of settings, by how they begin.
pub fn language_of(settings: &str) -> &'static str {
    let first =
        settings.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    if first.starts_with('{') {
        return "json";
    }
    if first.starts_with('[') || first.split_once('=').is_some_and(|(key, _)| !key.contains(':')) {
        "toml"
    } else {
        "yaml"
    }
}

/// `text` as a quotation.
pub fn quotation(text: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// `text` as an alert of this kind.
pub fn alert(kind: &str, text: &str) -> String {
    format!("> [!{kind}]\n{}", quotation(text))
}

/// Words as HTML.
pub fn html_text(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `text` so that Markdown shows it as it is, quotation marks and all.
pub fn quoted_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        let is_run = matches!(c, '-' | '.') && before == c;
        if is_run || matches!(c, '"' | '\'' | '<' | '>' | '*' | '_' | '[' | ']' | '`' | '\\' | '~' | '|') {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Figure, Meaning, code_span, fence, language_of, quoted_text};

    #[test]
    fn pieces_are_written_so_that_they_are_read_as_meant() {
        let figure = |link: Option<&str>| Figure {
            src: "a b.png".to_owned(),
            alt: "Queue [length]".to_owned(),
            caption: "It *rose* \"fast\".".to_owned(),
            link: link.map(str::to_owned),
        };
        assert_eq!(figure(None).markdown(), "![Queue  length](<a b.png> \"It rose \\\"fast\\\".\")");
        assert_eq!(figure(Some("x.md")).markdown(), "[![Queue  length](<a b.png> \"It rose \\\"fast\\\".\")](x.md)");
        assert_eq!(fence("go", "\na\n```\nb\n", true), Meaning::Block("````go\na\n```\nb\n````".to_owned()));
        assert_eq!(code_span("a``b`"), "``` a``b` ```");
        assert_eq!([language_of("# x\na = 1"), language_of("a: b=c"), language_of("{")], ["toml", "yaml", "json"]);
        assert_eq!(quoted_text("{{< x \"y\" -- ... >}}"), "{{\\< x \\\"y\\\" -\\- .\\.\\. \\>}}");
    }
}
