//! A paragraph that is only a link to a video, a post or a status page becomes a card that says what it leads to. The card
//! is a link and nothing else: the other host is asked for nothing until the reader goes there. Knows events and addresses.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use url::{Host, Url};

use crate::words::Words;

use super::super::escape::escaped;

/// What an address outside leads to.
#[derive(Debug, PartialEq, Eq)]
struct Found {
    /// The class: `video`, `post`, `status`.
    kind: &'static str,
    /// What it is, in a few words.
    what: String,
    host: String,
}

/// Rewrites such paragraphs. Those inside lists, quotations and notes stay as they are.
pub fn with_link_cards<'a>(events: Vec<Event<'a>>, words: &Words) -> Vec<Event<'a>> {
    let places = places(&events, words);
    if places.is_empty() {
        return events;
    }
    let mut out = Vec::with_capacity(events.len() + 4 * places.len());
    let mut rest = events.into_iter();
    let mut at = 0;
    for (place, found) in places {
        out.extend(rest.by_ref().take(place.start - at));
        at = place.end;
        card(&found, rest.by_ref().take(place.len()), &mut out);
    }
    out.extend(rest);
    out
}

/// Where such paragraphs stand, from their beginning to their end, and what each leads to.
fn places(events: &[Event<'_>], words: &Words) -> Vec<(Range<usize>, Found)> {
    let mut places = Vec::new();
    let mut depth = 0_usize;
    for (start, event) in events.iter().enumerate() {
        if depth == 0
            && let [Event::Start(Tag::Paragraph), Event::Start(Tag::Link { dest_url, .. }), rest @ ..] =
                &events[start..]
            && let Some(found) = found(dest_url, words)
            && let Some(end) = rest.iter().position(|event| matches!(event, Event::End(TagEnd::Link)))
            && matches!(rest.get(end + 1), Some(Event::End(TagEnd::Paragraph)))
        {
            places.push((start..start + end + 4, found));
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    places
}

/// The paragraph's link with what it leads to before its words, and the host after them. A bare address has no words of its own.
fn card<'a>(found: &Found, paragraph: impl Iterator<Item = Event<'a>>, out: &mut Vec<Event<'a>>) {
    out.push(Event::Html(format!("<p class=\"nf-link-card nf-{}\">", found.kind).into()));
    let mut bare = false;
    for event in paragraph {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(Tag::Link { link_type, .. }) => {
                bare = link_type == LinkType::Autolink;
                out.push(event);
                let what = escaped(&found.what);
                out.push(Event::InlineHtml(format!("<span class=\"nf-link-what\">{what}</span> ").into()));
                if !bare {
                    out.push(Event::InlineHtml("<span class=\"nf-link-words\">".into()));
                }
            }
            Event::End(TagEnd::Link) => {
                let host = escaped(&found.host);
                let end = if bare { "" } else { "</span> " };
                out.push(Event::InlineHtml(format!("{end}<span class=\"nf-link-host\">{host}</span>").into()));
                out.push(event);
            }
            _ if bare => {}
            _ => out.push(event),
        }
    }
    out.push(Event::Html("</p>\n".into()));
}

fn found(address: &str, words: &Words) -> Option<Found> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let Some(Host::Domain(domain)) = url.host() else { return None };
    let host = ["www.", "m.", "mobile."].iter().find_map(|prefix| domain.strip_prefix(prefix)).unwrap_or(domain);
    let path: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let (kind, what) = video(host, &path, query("v").as_deref())
        .map(|host| ("video", words.say("video_on", &[("host", host)])))
        .or_else(|| {
            let (author, host) = post(host, &path)?;
            Some(("post", words.say("post_by", &[("author", author), ("host", host)])))
        })
        .or_else(|| status_page(host, &path).map(|key| ("status", words.text(key).to_owned())))?;
    Some(Found { kind, what, host: host.to_owned() })
}

/// Whose video it is.
fn video<'a>(host: &'a str, path: &[&str], v: Option<&str>) -> Option<&'a str> {
    Some(match (host, path) {
        ("youtube.com", ["watch"]) if v.is_some_and(is_id) => "YouTube",
        ("youtube.com", ["shorts" | "live", id]) | ("youtu.be", [id]) if is_id(id) => "YouTube",
        ("vimeo.com", [number] | [number, _]) if is_number(number) => "Vimeo",
        ("media.ccc.de", ["v", _]) => "media.ccc.de",
        // PeerTube, on whatever host: a UUID or the same in 22 letters and digits.
        (_, ["w", id]) if id.len() == 22 && is_id(id) => host,
        (_, ["videos", "watch", id]) if id.len() == 36 && is_id(id) => host,
        _ => return None,
    })
}

/// Who wrote a post, and where.
fn post<'a>(host: &'a str, path: &[&'a str]) -> Option<(&'a str, &'a str)> {
    let (author, name) = match (host, path) {
        ("bsky.app", ["profile", author, "post", _]) => (*author, "Bluesky"),
        ("x.com" | "twitter.com", [author, "status", number]) if is_number(number) => (*author, "X"),
        ("threads.net" | "threads.com", [author, "post", _]) => (author.strip_prefix('@')?, "Threads"),
        // Mastodon and those that speak as it does, on whatever host.
        (_, [author, number]) if is_number(number) => (author.strip_prefix('@')?, host),
        _ => return None,
    };
    (!author.is_empty()).then_some((author, name))
}

/// Status pages stand on hosts named for it: `status.example.com`, `examplestatus.com`, `example.statuspage.io`.
fn status_page(host: &str, path: &[&str]) -> Option<&'static str> {
    let labels: Vec<&str> = host.split('.').collect();
    let is_named = labels.len() > 2 && labels[0] == "status"
        || labels.len() == 2 && labels[0].len() > "status".len() && labels[0].ends_with("status")
        || labels.len() == 3 && labels[1..] == ["statuspage", "io"];
    is_named.then_some(match path {
        ["incidents" | "incident" | "history" | "posts", _, ..] => "incident_on_status_page",
        _ => "status_page",
    })
}

/// Letters, digits, `-` and `_`, as identifiers in addresses are.
fn is_id(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn addresses_are_known_by_host_and_path() {
        let words = crate::load::embedded_words("en");
        let known = [
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=10", "Video on YouTube"),
            ("https://youtu.be/dQw4w9WgXcQ", "Video on YouTube"),
            ("https://m.youtube.com/live/dQw4w9WgXcQ", "Video on YouTube"),
            ("https://vimeo.com/76979871", "Video on Vimeo"),
            ("https://media.ccc.de/v/34c3-9064-the_ultimate", "Video on media.ccc.de"),
            ("https://tube.example/w/9XVVFmXYqcWZkKc6u8sTdA", "Video on tube.example"),
            ("https://hachyderm.example/@nora/113456789012345678", "Post by @nora on hachyderm.example"),
            ("https://bsky.app/profile/pfrazee.com/post/3kabc", "Post by @pfrazee.com on Bluesky"),
            ("https://twitter.com/someone/status/1234567890", "Post by @someone on X"),
            ("https://www.threads.net/@someone/post/C1abc", "Post by @someone on Threads"),
            ("https://www.githubstatus.com/incidents/abc123", "Incident on a status page"),
            ("https://status.example.com/", "Status page"),
            ("https://example.statuspage.io/incidents/x", "Incident on a status page"),
        ];
        for (address, what) in known {
            assert_eq!(found(address, &words).map(|found| found.what).as_deref(), Some(what), "{address}");
        }
    }

    #[test]
    fn what_only_looks_like_one_stays_a_link() {
        let words = crate::load::embedded_words("en");
        let unknown = [
            "https://notyoutube.com/watch?v=dQw4w9WgXcQ",
            "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
            "https://youtube.com/about",
            "https://youtube.com/watch?v=<script>",
            "https://user@example.com/@nora",
            "https://example.com/@nora/about",
            "https://x.com/someone",
            "https://status.io/",
            "https://example.com/status/",
            "https://127.0.0.1/@nora/1",
            "ftp://status.example.com/",
            "mailto:status@status.example.com",
            "/essays/a/",
        ];
        for address in unknown {
            assert_eq!(found(address, &words), None, "{address}");
        }
    }
}
