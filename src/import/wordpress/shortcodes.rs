//! Shortcodes of WordPress and of widespread plugins as HTML: what each stands for, where that is known. Knows their names and
//! attributes; pictures come from the library.

use super::library::Library;
use crate::outline::tokens;

/// A shortcode in a text: `[name key="value"]inside[/name]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Shortcode<'t> {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub inside: Option<&'t str>,
    /// How it is written.
    pub written: &'t str,
    /// The opening tag alone.
    pub opening: &'t str,
}

impl Shortcode<'_> {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value without a name.
    fn bare(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name.is_empty()).map(|(_, value)| value.as_str())
    }
}

/// What is known of a text's place among the others.
pub struct Context<'a> {
    pub library: &'a Library,
    pub id: u64,
    /// What is told: byte of the text, kind, why.
    pub told: Vec<(usize, String, String)>,
    /// Notes found so far, as HTML.
    pub notes: Vec<String>,
}

/// Code that stands between two of these is not read as HTML.
const CODE: [&str; 30] = [
    "code",
    "sourcecode",
    "source",
    "bash",
    "shell",
    "console",
    "c",
    "cpp",
    "csharp",
    "css",
    "diff",
    "go",
    "groovy",
    "html",
    "java",
    "javascript",
    "js",
    "perl",
    "php",
    "plain",
    "powershell",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "sql",
    "text",
    "xml",
    "yaml",
];
/// These only put what is inside of them into its place.
const LAYOUT: [&str; 34] = [
    "row",
    "column",
    "columns",
    "col",
    "one_half",
    "one_half_last",
    "one_third",
    "one_third_last",
    "two_third",
    "two_thirds",
    "one_fourth",
    "three_fourth",
    "section",
    "div",
    "span",
    "container",
    "dropcap",
    "toggle",
    "accordion",
    "tabs",
    "tab",
    "box",
    "alert",
    "info",
    "note_box",
    "spoiler",
    "highlight",
    "highlight_text",
    "lead",
    "center",
    "expand",
    "collapse",
    "callout",
    "su_row",
];
/// These are made when the page is shown, of what an export does not hold.
const DYNAMIC: [&str; 28] = [
    "toc",
    "contact-form",
    "contact-form-7",
    "contact-field",
    "gravityform",
    "wpforms",
    "mc4wp_form",
    "archives",
    "googlemaps",
    "subscribe",
    "sociallinks",
    "related",
    "posts",
    "recent-posts",
    "display-posts",
    "ninja_forms",
    "polldaddy",
    "poll",
    "wufoo",
    "products",
    "playlist",
    "recent_products",
    "woocommerce_cart",
    "search",
    "sitemap",
    "addtoany",
    "ratings",
    "print_link",
];

/// The text with its shortcodes as HTML. Code keeps its brackets.
pub fn expanded(text: &str, context: &mut Context<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(next) = rest.find(['[', '<']) else {
            out.push_str(rest);
            break;
        };
        out.push_str(&rest[..next]);
        at += next;
        if text[at..].starts_with('<') {
            let end = verbatim_end(text, at);
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        match parse(text, at) {
            Found::Escaped(end) => {
                out.push_str(&text[at + 1..end - 1]);
                at = end;
            }
            Found::Shortcode(shortcode) => {
                let end = at + shortcode.written.len();
                match html(&shortcode, at, context) {
                    Some(html) => {
                        out.push_str(&html);
                        at = end;
                    }
                    None => {
                        out.push('[');
                        at += 1;
                    }
                }
            }
            Found::Nothing => {
                out.push('[');
                at += 1;
            }
        }
    }
    out
}

/// Where a tag ends, or the element that it begins, if what is in that is code.
fn verbatim_end(text: &str, at: usize) -> usize {
    let (kind, range) = tokens::next(text, at);
    let tokens::Kind::Tag { .. } = kind else { return if kind == tokens::Kind::Text { at + 1 } else { range.end } };
    let tag = &text[range.clone()];
    for name in ["pre", "code", "script", "style"] {
        let is_it = tag[1..].get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            && tag[1 + name.len()..].starts_with(|c: char| c == '>' || c.is_whitespace());
        if is_it {
            return tokens::raw_text_end(text, range.end, name).unwrap_or(range.end);
        }
    }
    range.end
}

enum Found<'t> {
    Shortcode(Shortcode<'t>),
    /// `[[name]]`, which shows its inner brackets: where it ends.
    Escaped(usize),
    Nothing,
}

fn parse(text: &str, at: usize) -> Found<'_> {
    let rest = &text[at..];
    if rest.starts_with("[[") {
        return match rest.find("]]").filter(|end| !rest[..*end].contains('\n') && opening(&rest[1..]).is_some()) {
            Some(end) => Found::Escaped(at + end + 2),
            None => Found::Nothing,
        };
    }
    let Some((name, attributes, end, is_closed)) = opening(rest) else { return Found::Nothing };
    let closing = format!("[/{name}]");
    let inside_end = if is_closed { None } else { closing_of(&rest[end..], &name, &closing) };
    let (inside, whole) = match inside_end {
        Some(length) => (Some(&rest[end..end + length]), end + length + closing.len()),
        None => (None, end),
    };
    Found::Shortcode(Shortcode { name, attributes, inside, written: &rest[..whole], opening: &rest[..end] })
}

/// Where the closing tag is that belongs to an opening one: another of the same name may be in between.
fn closing_of(text: &str, name: &str, closing: &str) -> Option<usize> {
    let again = [format!("[{name} "), format!("[{name}]")];
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let end = at + text[at..].find(closing)?;
        depth += again.iter().map(|again| text[at..end].matches(again.as_str()).count()).sum::<usize>();
        if depth == 0 || CODE.contains(&name) {
            return Some(end);
        }
        depth -= 1;
        at = end + closing.len();
    }
}

type Opening = (String, Vec<(String, String)>, usize, bool);

/// The opening tag at the start of `text`: its name and attributes, where it ends, whether it closes itself.
fn opening(text: &str) -> Option<Opening> {
    let inner = text.strip_prefix('[')?;
    let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let name = inner[..length].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let end = inner[length..].char_indices().find(|(_, c)| match (quote, c) {
        (None, ']') => true,
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(open), c) => {
            if open == *c {
                quote = None;
            }
            false
        }
        _ => false,
    })?;
    let body = &inner[length..length + end.0];
    if !body.is_empty() && !body.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | ':'))
        || body.len() > 4_000
    {
        return None;
    }
    let (body, is_closed) = match body.trim_end().strip_suffix('/') {
        Some(body) => (body, true),
        None => (body, false),
    };
    Some((name, attributes(body), 1 + length + end.0 + 1, is_closed))
}

/// `key="value"`, `key='value'`, `key=value`, and values alone, by commas or spaces.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | ','));
    while !rest.is_empty() {
        let key_end =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
        let is_keyed = key_end > 0 && rest[key_end..].trim_start().starts_with('=');
        let (key, value) = if is_keyed {
            (rest[..key_end].to_ascii_lowercase(), rest[key_end..].trim_start()[1..].trim_start())
        } else {
            (String::new(), rest)
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2033}')) => {
                let inner = &value[quote.len_utf8()..];
                let is_end = |c: char| match quote {
                    '"' | '\'' => c == quote,
                    _ => matches!(c, '\u{201d}' | '\u{201c}' | '\u{2033}' | '"'),
                };
                match inner.find(is_end) {
                    Some(end) => {
                        (&inner[..end], inner[end..].chars().next().map_or("", |c| &inner[end + c.len_utf8()..]))
                    }
                    None => (inner, ""),
                }
            }
            _ => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], &value[end..])
            }
        };
        found.push((key, tokens::plain(value).into_owned()));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    found
}

/// What a shortcode stands for; none where it stays as it is written.
fn html(shortcode: &Shortcode<'_>, at: usize, context: &mut Context<'_>) -> Option<String> {
    let name = shortcode.name.as_str();
    let inside = shortcode.inside.unwrap_or_default();
    let attribute = |names: &[&str]| names.iter().find_map(|name| shortcode.attribute(name));
    if CODE.contains(&name) {
        return shortcode.inside.map(|code| code_block(shortcode, code));
    }
    if let Some(address) = frame(shortcode) {
        return Some(lone_link(&address));
    }
    Some(match name {
        "caption" | "wp_caption" => caption(shortcode, inside, context),
        "gallery" => gallery(shortcode, at, context),
        "ref" | "footnote" | "fn" | "efn_note" | "note" | "mfn" | "sidenote" | "footnotes"
            if !inside.trim().is_empty() =>
        {
            let note = expanded(inside, context);
            context.notes.push(note);
            mark(context.notes.len())
        }
        "references" | "footnotes" | "efn_notes" | "reflist" => String::new(),
        "button" | "btn" | "su_button" => match attribute(&["link", "url", "href"]) {
            Some(address) => format!("<a href=\"{}\">{}</a>", quoted(address), expanded(inside, context)),
            None => expanded(inside, context),
        },
        "quote" | "blockquote" | "pullquote" | "su_quote" | "su_pullquote" if !inside.is_empty() => {
            let source =
                attribute(&["cite", "author", "source"]).map(|source| format!("<cite>{}</cite>", quoted(source)));
            format!("<blockquote>{}{}</blockquote>", expanded(inside, context), source.unwrap_or_default())
        }
        "audio" | "video" | "wpvideo" => media(shortcode)?,
        "iframe" => format!("<iframe src=\"{}\"></iframe>", quoted(attribute(&["src", "url"]).or(shortcode.bare())?)),
        _ if DYNAMIC.contains(&name) => {
            let why = format!("`{}` left out: it is filled when the page is shown", shortcode.opening);
            context.told.push((at, format!("shortcode `{name}`"), why));
            if inside.is_empty() { String::new() } else { expanded(inside, context) }
        }
        _ if LAYOUT.contains(&name) || is_builder(name) => {
            context.told.push((at, format!("shortcode `{name}`"), "what is in it was brought without it".to_owned()));
            format!("\n\n{}\n\n", expanded(inside, context))
        }
        _ => {
            let is_named = |(key, _): &(String, String)| !key.is_empty();
            if shortcode.inside.is_some() || shortcode.attributes.iter().any(is_named) {
                let why = format!("`{}` stays as it is written: it is not known", shortcode.opening);
                context.told.push((at, format!("shortcode `{name}`"), why));
            }
            return None;
        }
    })
}

/// Of a program that builds pages of rows and columns.
fn is_builder(name: &str) -> bool {
    ["vc_", "et_pb_", "fusion_", "av_", "cs_", "fl_", "mk_", "x_"].iter().any(|start| name.starts_with(start))
}

fn code_block(shortcode: &Shortcode<'_>, code: &str) -> String {
    let language = ["language", "lang"].iter().find_map(|name| shortcode.attribute(name)).or(shortcode.bare());
    let language = match shortcode.name.as_str() {
        "code" | "sourcecode" | "source" => language.unwrap_or_default(),
        name => name,
    };
    // The visual editor writes references, the other one signs.
    let is_coded = !code.contains('<') && (code.contains("&lt;") || code.contains("&gt;") || code.contains("&amp;"));
    let code = if is_coded { code.to_owned() } else { quoted(code) };
    let code = code.trim_start_matches(['\r', '\n']).trim_end();
    format!("\n<pre><code class=\"language-{}\">{code}</code></pre>\n", quoted(language))
}

/// The address that a shortcode would show in a frame.
fn frame(shortcode: &Shortcode<'_>) -> Option<String> {
    let inside = shortcode.inside.map(str::trim).filter(|inside| !inside.is_empty());
    let named = ["url", "src", "id", "href", "link", "tweet"].iter().find_map(|name| shortcode.attribute(name));
    let value = tokens::plain(inside.or(named).or(shortcode.bare())?.trim()).into_owned();
    let is_address = value.starts_with("http://") || value.starts_with("https://");
    let of_id = |start: &str| if is_address { value.clone() } else { format!("{start}{value}") };
    let is_one = !value.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'));
    let address = match shortcode.name.as_str() {
        "embed" | "soundcloud" | "spotify" | "instagram" | "facebook" | "slideshare" | "bandcamp" | "ted"
            if is_address =>
        {
            value
        }
        "youtube" | "yt" | "su_youtube" | "youtube_sc" => of_id("https://www.youtube.com/watch?v="),
        "vimeo" | "su_vimeo" => of_id("https://vimeo.com/"),
        "dailymotion" => of_id("https://www.dailymotion.com/video/"),
        "tweet" | "twitter" => of_id("https://twitter.com/i/status/"),
        "gist" => of_id("https://gist.github.com/"),
        _ => return None,
    };
    is_one.then_some(address)
}

fn lone_link(address: &str) -> String {
    let address = quoted(address);
    format!("\n\n<p><a href=\"{address}\">{address}</a></p>\n\n")
}

/// A picture with the words below it.
fn caption(shortcode: &Shortcode<'_>, inside: &str, context: &mut Context<'_>) -> String {
    let own = shortcode.attribute("caption").map(quoted);
    let image = inside.find("<img").and_then(|at| inside[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    // The picture's own link ends right after it; another may stand in the words.
    let rest = inside[image..].trim_start();
    let split = rest.strip_prefix("</a>").map_or(image, |after| inside.len() - after.len());
    let words = own.unwrap_or_else(|| expanded(inside[split..].trim(), context));
    format!("\n<figure>{}<figcaption>{words}</figcaption></figure>\n", inside[..split].trim())
}

/// The pictures of a gallery, by their numbers, or those that were uploaded for the text.
fn gallery(shortcode: &Shortcode<'_>, at: usize, context: &mut Context<'_>) -> String {
    let ids: Vec<u64> = match ["ids", "include"].iter().find_map(|name| shortcode.attribute(name)) {
        Some(ids) => ids.split(',').filter_map(|id| id.trim().parse().ok()).collect(),
        None => {
            let own = shortcode.attribute("id").and_then(|id| id.parse().ok()).unwrap_or(context.id);
            let is_picture = |address: &str| {
                let ending = address.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg" | "avif")
            };
            let attachments = context.library.attachments.iter();
            attachments.filter(|(_, it)| it.parent == own && is_picture(&it.address)).map(|(id, _)| *id).collect()
        }
    };
    let mut out = String::from("\n");
    for id in &ids {
        match context.library.attachments.get(id) {
            Some(it) => out.push_str(&format!(
                "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}</figcaption></figure>",
                quoted(&it.address),
                quoted(&it.alt),
                it.caption
            )),
            None => {
                let why = format!("left out: the export has no file with the number {id}");
                context.told.push((at, "pictures of galleries".to_owned(), why));
            }
        }
    }
    if ids.is_empty() {
        let why = format!("`{}` left out: the export has no pictures for it", shortcode.opening);
        context.told.push((at, "shortcode `gallery`".to_owned(), why));
    }
    out.push('\n');
    out
}

fn media(shortcode: &Shortcode<'_>) -> Option<String> {
    const KEYS: [&str; 9] = ["src", "mp3", "mp4", "m4a", "ogg", "wav", "webm", "ogv", "m4v"];
    let address =
        KEYS.iter().find_map(|key| shortcode.attribute(key)).or(shortcode.bare()).or(shortcode.inside)?.trim();
    if !address.contains('/') && !address.contains('.') {
        return Some(lone_link(&format!("https://videopress.com/v/{address}")));
    }
    let element = if shortcode.name == "audio" { "audio" } else { "video" };
    Some(format!("\n<figure><{element} controls src=\"{}\"></{element}></figure>\n", quoted(address)))
}

/// A mark that leads to the note with this number.
pub fn mark(n: usize) -> String {
    format!("<sup><a href=\"#nf-note-{n}\">{n}</a></sup>")
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
