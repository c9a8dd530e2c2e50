//! Destinations of links: no address that a browser would run or load is taken for a place to go.

use ninefold::outline::Target;
use url::Url;

use crate::html;
use crate::world::World;

/// What a link may begin with once a browser has read it.
const SAFE: [&str; 6] = ["http", "https", "mailto", "tel", "xmpp", "irc"];

pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let here = Url::parse("https://example.org/essays/a/").expect("an address");
    let target = Target::parse(&text);
    if !matches!(target, Target::Refused(_) | Target::Pattern(_) | Target::Concept(_) | Target::Incident(_))
        && let Ok(seen) = here.join(&text)
    {
        assert!(SAFE.contains(&seen.scheme()), "{text:?} is taken for {target:?}, and a browser goes to {seen}");
    }
    Target::parse_wiki(&text, true);
    let inline: String = text.chars().filter(|c| !matches!(c, '<' | '>' | '\n' | '\r')).collect();
    let body = format!("[a](<{inline}>) ![b](<{inline}>) [[{inline}]] [c][d]\n\n[d]: <{inline}> \"{inline}\"\n");
    let page = World::bare().page(&body);
    for address in html::addresses(&page.html) {
        if let Ok(seen) = here.join(&address) {
            assert!(SAFE.contains(&seen.scheme()), "{text:?} became {address:?}");
        }
    }
}
