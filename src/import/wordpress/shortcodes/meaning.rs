//! What shortcodes stand for, by their names; pictures come from the library. Knows names and attributes.

use crate::outline::tokens;

use super::written::{CODE, Shortcode};
use super::{Context, expanded};

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

/// What a shortcode stands for; none where it stays as it is written.
pub fn html(shortcode: &Shortcode<'_>, at: usize, context: &mut Context<'_>) -> Option<String> {
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
            context.remarks.push((at, format!("shortcode `{name}`"), why));
            if inside.is_empty() { String::new() } else { expanded(inside, context) }
        }
        _ if LAYOUT.contains(&name) || is_builder(name) => {
            context.remarks.push((
                at,
                format!("shortcode `{name}`"),
                "what is in it was brought without it".to_owned(),
            ));
            format!("<div>{}</div>", expanded(inside, context))
        }
        _ => {
            let is_named = |(key, _): &(String, String)| !key.is_empty();
            if shortcode.inside.is_some() || shortcode.attributes.iter().any(is_named) {
                let why = format!("`{}` stays as it is written: it is not known", shortcode.opening);
                context.remarks.push((at, format!("shortcode `{name}`"), why));
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
    format!("<pre><code class=\"language-{}\">{code}</code></pre>", quoted(language))
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
    format!("<p><a href=\"{address}\">{address}</a></p>")
}

/// A picture with the words below it.
fn caption(shortcode: &Shortcode<'_>, inside: &str, context: &mut Context<'_>) -> String {
    let own = shortcode.attribute("caption").map(quoted);
    let image = inside.find("<img").and_then(|at| inside[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    // The picture's own link ends right after it; another may stand in the words.
    let rest = inside[image..].trim_start();
    let split = rest.strip_prefix("</a>").map_or(image, |after| inside.len() - after.len());
    let words = own.unwrap_or_else(|| expanded(inside[split..].trim(), context));
    format!("<figure>{}<figcaption>{words}</figcaption></figure>", inside[..split].trim())
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
    let mut out = String::new();
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
                context.remarks.push((at, "pictures of galleries".to_owned(), why));
            }
        }
    }
    if ids.is_empty() {
        let why = format!("`{}` left out: the export has no pictures for it", shortcode.opening);
        context.remarks.push((at, "shortcode `gallery`".to_owned(), why));
    }
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
    Some(format!("<figure><{element} controls src=\"{}\"></{element}></figure>", quoted(address)))
}

/// A mark that leads to the note with this number.
fn mark(n: usize) -> String {
    format!("<sup><a href=\"#nf-note-{n}\">{n}</a></sup>")
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
