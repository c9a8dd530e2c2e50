//! The texts that `new` begins files with. Knows front matter's keys, nothing of disk.

use crate::outline::{BEGINNING, DEFINITION, SUMMARY};
use crate::yaml::quoted;

/// The file that says what is no part of a repository.
pub const IGNORED: &str = ".gitignore";

/// The files of a new site, by path.
pub fn site(title: &str, today: &str) -> Vec<(&'static str, String)> {
    let title = quoted(title);
    vec![
        (IGNORED, "/public/\n/.ninefold/\n".to_owned()),
        (
            "content/site.yaml",
            format!(
                "title: {title}\nbase_url: https://example.org   # the address it will have\ndescription: Essays on how complex systems fail and, more often, succeed.\nauthor: Your name\nlanguage: en\ntimezone: UTC   # decides what \"today\" is\nsocial_cards: true   # a picture of each page for those who share it\npictures: {{strip: true}}   # photographs are published without the place and the camera in their files\nfeed_ids: tag:example.org,{today}   # a domain of yours and a day on which it was; then leave it, also when the site moves\n"
            ),
        ),
        (
            "content/essays/first-essay.md",
            format!(
                "---\ntitle: A first essay\ndate: {today}\nsummary: What one ordinary delay did to a busy afternoon.\npatterns: [lag]\n---\n\nThe dashboard was green, and it was [four minutes old](pattern:lag). Whoever read it was looking at the past.\n\nLink words that are evidence of a pattern, as above, and the pattern's page quotes them. When people saw the delay, they\n[changed how they worked](concept:adaptive-capacity) before anybody wrote it down.\n"
            ),
        ),
        ("content/pages/about.md", "---\ntitle: About\nmenu: 1\n---\n\nWho writes here, and why.\n".to_owned()),
    ]
}

/// An essay, begun as a draft.
pub fn essay(title: &str, today: &str) -> String {
    format!(
        "---\ntitle: {}\ndate: {today}\nkind: essay   # or analysis (of an incident), or note\nsummary: {SUMMARY}\npatterns: []   # congestion cascades conflicts saturation lag friction tempos surprises tangles\nconcepts: []\nincidents: []\ndraft: true   # delete the line to publish it\n---\n\n{BEGINNING}`[ran out of ports](pattern:saturation)`.\n",
        quoted(title)
    )
}

/// A page, begun as a draft.
pub fn page(title: &str) -> String {
    format!(
        "---\ntitle: {}\n# menu: 1   # its place in the menu\ndraft: true   # delete the line to publish it\n---\n\nBegin here.\n",
        quoted(title)
    )
}

/// An incident's record. Only the title must be there.
pub fn incident(title: &str) -> String {
    format!(
        "---\ntitle: {}\norganisations: []\n# Each time as precise as it is known: 2017, 2026-04, 2026-04-06, 2026-04-06T18:35Z\n# times: {{started: 2026-04-06, resolved: 2026-04-06}}\n# impact: One sentence.\n# sources:\n#   - {{kind: official, title: The post-mortem, url: \"https://example.org/\"}}\npatterns: []\nconcepts: []\n---\n",
        quoted(title)
    )
}

/// A concept.
pub fn concept(title: &str) -> String {
    format!(
        "---\nname: {}\ndefinition: {DEFINITION}\naliases: []\nrelated: []\n# reference: Author year, Title\n---\n",
        quoted(title)
    )
}
