//! Markdown to page: well-formed, nothing in it runs, and it is at most twenty times its source and what the theme adds.

use crate::html;
use crate::world::World;

/// What a page of nothing may take.
const BASE: usize = 16 * 1024;

pub fn holds(data: &[u8]) {
    let body = String::from_utf8_lossy(data);
    let page = World::bare().page(&body);
    if page.is_broken {
        return;
    }
    assert_eq!(html::faults(&page.html), [""; 0], "{}", page.html);
    assert_eq!(html::running(&page.html), [""; 0], "{}", page.html);
    let most = 20 * data.len() + BASE;
    assert!(page.html.len() <= most, "{} bytes of {}", page.html.len(), data.len());
}
