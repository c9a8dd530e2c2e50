//! What a frame of another host shows, as an address that readers can follow. Knows hosts and the forms of their addresses.

use url::Url;

use super::tree::Element;

/// The address of what is framed.
pub(super) fn source(element: &Element) -> Option<String> {
    let own = ["src", "data-src", "data-lazy-src", "data"].iter().find_map(|name| element.attribute(name));
    let movie = || {
        element
            .find(&|inner| inner.name == "param" && inner.attribute("name").is_some_and(|name| name == "movie"))
            .and_then(|param| param.attribute("value"))
    };
    let inner =
        || element.find(&|inner| inner.name == "embed" || inner.name == "iframe").and_then(|it| it.attribute("src"));
    let address = own.filter(|own| !own.trim().is_empty()).or_else(movie).or_else(inner)?.trim();
    let address = match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    };
    (address.starts_with("http://") || address.starts_with("https://")).then_some(address)
}

/// The page of what a frame of a known host shows.
pub fn known_frame(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.trim_start_matches("www.");
    let path: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    let query = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let is_id = |id: &&str| {
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    Some(match (host, &path[..]) {
        ("youtube.com" | "youtube-nocookie.com" | "m.youtube.com", ["embed", "videoseries"]) => {
            format!("https://www.youtube.com/playlist?list={}", query("list")?)
        }
        ("youtube.com" | "youtube-nocookie.com" | "m.youtube.com", ["embed" | "v", id]) if is_id(id) => {
            match query("start").filter(|start| start.bytes().all(|byte| byte.is_ascii_digit())) {
                Some(start) => format!("https://www.youtube.com/watch?v={id}&t={start}"),
                None => format!("https://www.youtube.com/watch?v={id}"),
            }
        }
        ("player.vimeo.com", ["video", id, ..]) if is_id(id) => format!("https://vimeo.com/{id}"),
        ("dailymotion.com", ["embed", "video", id]) if is_id(id) => format!("https://www.dailymotion.com/video/{id}"),
        ("embed.ted.com", ["talks", rest @ ..]) => format!("https://www.ted.com/talks/{}", rest.join("/")),
        ("media.ccc.de", ["v", name, "oembed"]) => format!("https://media.ccc.de/v/{name}"),
        ("codepen.io", [user, "embed" | "embed-preview", id, ..]) => format!("https://codepen.io/{user}/pen/{id}"),
        ("open.spotify.com", ["embed", rest @ ..]) => format!("https://open.spotify.com/{}", rest.join("/")),
        ("w.soundcloud.com", ["player"]) => query("url")?,
        ("platform.twitter.com", ["embed", "Tweet.html"]) => format!("https://twitter.com/i/status/{}", query("id")?),
        ("bsky.app" | "embed.bsky.app", ["embed", rest @ ..]) => format!("https://bsky.app/profile/{}", rest.join("/")),
        ("google.com" | "maps.google.com", ["maps", "embed", ..]) => address.to_owned(),
        ("docs.google.com", [kind, "d", rest @ .., "embed" | "pub" | "preview" | "pubembed"]) => {
            format!("https://docs.google.com/{kind}/d/{}", rest.join("/"))
        }
        ("speakerdeck.com", ["player", id]) => format!("https://speakerdeck.com/player/{id}"),
        ("slideshare.net", ["slideshow", "embed_code", ..]) => address.to_owned(),
        ("archive.org", ["embed", id, ..]) => format!("https://archive.org/details/{id}"),
        ("jsfiddle.net", [rest @ .., "embedded" | "embed"]) => format!("https://jsfiddle.net/{}/", rest.join("/")),
        ("asciinema.org", ["a", id, "iframe" | "embed"]) => format!("https://asciinema.org/a/{id}"),
        (host, [author, number, "embed"]) if author.starts_with('@') => format!("https://{host}/{author}/{number}"),
        (host, ["videos", "embed", id]) => format!("https://{host}/videos/watch/{id}"),
        _ => return None,
    })
}

/// The page of what a script would show in its place.
pub(super) fn of_script(element: &Element) -> Option<String> {
    let url = Url::parse(element.attribute("src")?.trim()).ok()?;
    let path = url.path().strip_suffix(".js")?;
    match url.host_str()? {
        host @ ("gist.github.com" | "asciinema.org") => Some(format!("https://{host}{path}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::known_frame;

    #[test]
    fn frames_of_known_hosts_are_pages() {
        for (frame, page) in [
            ("https://www.youtube.com/embed/abcdefghijk?rel=0", "https://www.youtube.com/watch?v=abcdefghijk"),
            (
                "https://www.youtube-nocookie.com/embed/abcdefghijk?start=42",
                "https://www.youtube.com/watch?v=abcdefghijk&t=42",
            ),
            ("https://player.vimeo.com/video/12345", "https://vimeo.com/12345"),
            ("https://mastodon.example/@nora/1234/embed", "https://mastodon.example/@nora/1234"),
            ("https://open.spotify.com/embed/track/x1", "https://open.spotify.com/track/x1"),
        ] {
            assert_eq!(known_frame(frame).as_deref(), Some(page));
        }
        assert_eq!(known_frame("https://other.example/embed/x"), None);
    }
}
