//! Raw HTML in a body: which ids it brings, and a warning for what the sanitiser will take out. Renders nothing.

use crate::diagnostic::Diagnostic;
use crate::fields::{Faults, shortened};
use crate::model::{SourcePath, Span};

use super::limits::{Depth, MAX_ATTRIBUTES, MAX_TOLD};
use super::sanitiser::{allows, allows_attribute};
use super::target::Target;

/// The code of the warning for HTML that is taken out; it does not apply to sites that say `html: trusted`.
pub const REMOVED_HTML: &str = "removed-html";
/// The code of the error for HTML that the sanitiser would take too long for; nor does this.
pub const HTML_LIMIT: &str = "html-limit";

/// Reads raw HTML piece by piece; a tag may begin in one piece and end in the next.
#[derive(Debug, Default)]
pub struct Reader {
    pending: String,
    /// Where in the file `pending` begins.
    pending_at: usize,
    /// Inside a comment.
    comment: bool,
    pub depth: Depth,
    many_attributes: bool,
}

impl Reader {
    /// Collects ids and warns of what the sanitiser will take out.
    pub fn read(&mut self, piece: &str, span: Span, path: &SourcePath, ids: &mut Vec<String>, faults: &mut Faults) {
        let start = if self.pending.is_empty() { span.start as usize } else { self.pending_at };
        self.pending.push_str(piece);
        let text = std::mem::take(&mut self.pending);
        let mut rest = text.as_str();
        loop {
            if self.comment {
                let Some(end) = rest.find("-->") else { return };
                rest = &rest[end + 3..];
                self.comment = false;
            }
            let Some(open) = rest.find('<') else { return };
            let tail = &rest[open..];
            if tail.starts_with("<!--") {
                // `<!-->` is whole.
                self.comment = true;
                rest = &tail[2..];
                continue;
            }
            if !tail[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
                // Less than.
                rest = &tail[1..];
                continue;
            }
            let at = start + text.len() - tail.len();
            let Some(close) = tag_end(tail) else {
                if tail.len() < 4_096 {
                    tail.clone_into(&mut self.pending);
                    self.pending_at = at;
                } else if tail[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                    self.many_attributes |= attributes(tail).len() > MAX_ATTRIBUTES;
                }
                return;
            };
            self.read_tag(&tail[1..close], Span::new(at, at + close + 1), path, ids, faults);
            rest = &tail[close + 1..];
        }
    }

    fn read_tag(&mut self, inner: &str, span: Span, path: &SourcePath, ids: &mut Vec<String>, faults: &mut Faults) {
        let (ends, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name: String =
            inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_lowercase();
        if name.is_empty() {
            return;
        }
        self.depth.tag(&name, ends, inner.ends_with('/'));
        if !ends {
            let attributes = attributes(&inner[name.len()..]);
            self.many_attributes |= attributes.len() > MAX_ATTRIBUTES;
            read_start_tag(&name, attributes, span, path, ids, faults);
        }
    }

    /// What is too much for the sanitiser, if anything is.
    pub fn limit(&self) -> Option<String> {
        let many = || format!("an HTML tag has more than {MAX_ATTRIBUTES} attributes");
        self.depth.limit().or_else(|| self.many_attributes.then(many))
    }
}

/// The byte of the `>` that ends the tag at the start of `text`. As in HTML, a mark that follows no `=` quotes nothing.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') if before == '=' => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    None
}

fn read_start_tag(
    name: &str,
    attributes: Vec<(String, String)>,
    span: Span,
    path: &SourcePath,
    ids: &mut Vec<String>,
    faults: &mut Faults,
) {
    let mut warn = |what: String, help: &str| {
        if faults.len() < MAX_TOLD {
            let fault = Diagnostic::warning(REMOVED_HTML, format!("{what} is taken out of the page"));
            faults.push(fault.at(path, span).help(help));
        }
    };
    if !allows(name) {
        return warn(format!("`<{name}>`"), instead(name));
    }
    for (attribute, value) in attributes {
        if attribute == "id" || (attribute == "name" && name == "a") {
            ids.push(value);
        } else if !allows_attribute(name, &attribute, &value) {
            warn(format!("the attribute `{}`", shortened(&attribute)), instead_of_attribute(&attribute));
        } else if let ("href" | "src" | "cite" | "poster", Target::Refused(scheme)) =
            (attribute.as_str(), Target::parse(&value))
        {
            warn(format!("an address that begins with `{}:`", shortened(&scheme)), "link to a page with https");
        }
    }
}

fn instead(tag: &str) -> &'static str {
    match tag {
        "script" => "put scripts in the theme's `hooks/head.html`, or say `html: trusted` in site.yaml",
        "style" | "link" => "put styles in a file of `extra_css`",
        "iframe" | "embed" | "object" => "link to the page instead, or say `html: trusted` in site.yaml",
        "svg" => "keep the drawing in a file and show it with `![…](drawing.svg)`",
        _ => "write it in Markdown, in backticks if it should show as text, or say `html: trusted` in site.yaml",
    }
}

fn instead_of_attribute(attribute: &str) -> &'static str {
    match attribute {
        "style" => "give it a class and style that in a file of `extra_css`",
        on if on.starts_with("on") => {
            "put scripts in the theme's `hooks/head.html`, or say `html: trusted` in site.yaml"
        }
        _ => "leave it out, or say `html: trusted` in site.yaml",
    }
}

/// Names and values of the attributes in the rest of a tag.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.push((name, value.to_owned()));
        rest = left;
    }
}
