//! Links that lead nowhere: what is said of them, and what is shown in their place.

use super::body_links::site;
use crate::support::TestSite;

#[test]
fn a_wikilink_that_could_mean_two_things_or_none_is_an_error() {
    let site = site("[[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]")
        .file("content/pages/c.md", "---\ntitle: Sea & shore\n---\n")
        .essay("guide", "", "Words.");
    insta::assert_snapshot!(site.said(), @r#"
    error[ambiguous-link]: `guide` can mean `content/essays/guide.md` or `content/pages/guide/index.md`
     --> content/essays/a.md:6:1
      |
    6 | [[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]
      | ^^^^^^^^^
      |
      = help: link to the file you mean: `[words](name.md)`

    error[ambiguous-link]: `Sea & shore` can mean `content/essays/c/index.md` or `content/pages/c.md`
     --> content/essays/a.md:6:12
      |
    6 | [[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]
      |            ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to the file you mean: `[words](name.md)`

    error[broken-link]: no file and no title is `bees`
     --> content/essays/a.md:6:35
      |
    6 | [[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]
      |                                   ^^^^^^^^
      |
      = help: did you mean `bee`?

    error[broken-anchor]: `content/essays/bee.md` has no heading or passage `#limit`
     --> content/essays/a.md:6:45
      |
    6 | [[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]
      |                                             ^^^^^^^^^^^^^
      |
      = help: did you mean `#limits`?

    error[broken-link]: no file and no title is `Nobody knows`
     --> content/essays/a.md:6:63
      |
    6 | [[guide]], [[Sea & shore|words]], [[bees]], [[bee#limit]] and [[Nobody knows]]
      |                                                               ^^^^^^^^^^^^^^^^
      |
      = help: write the name of a file, or a title
    "#);
}

#[test]
fn what_leads_nowhere_is_an_error_with_a_way_out() {
    let text = "\
[one](pattern:lagg)
[two](concept:florescense)
[three](incident:ports-2025)
[four](beee.md)
[five](bee.md#limts)
[six](../../../etc/passwd)
[seven](/esays/)
[eight](javascript:alert)
[nine]()
![ten](c/mop.svg)
[eleven](#elsewhere)
[twelve](bee)";
    insta::assert_snapshot!(site(text).said(), @r#"
    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:6:1
      |
    6 | [one](pattern:lagg)
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lag`?

    error[unknown-concept]: there is no concept `florescense`
     --> content/essays/a.md:7:1
      |
    7 | [two](concept:florescense)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `florescence`?
      = help: create it with `ninefold new concept florescense`

    error[unknown-incident]: there is no incident `ports-2025`
     --> content/essays/a.md:8:1
      |
    8 | [three](incident:ports-2025)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `ports-2026`?
      = help: create it with `ninefold new incident ports-2025`

    error[broken-link]: there is no file `content/essays/beee.md`
     --> content/essays/a.md:9:1
      |
    9 | [four](beee.md)
      | ^^^^^^^^^^^^^^^
      |
      = help: did you mean `bee.md`?
      = help: create it with `ninefold new essay beee`, and publish it: it begins as a draft

    error[broken-anchor]: `content/essays/bee.md` has no heading or passage `#limts`
      --> content/essays/a.md:10:1
       |
    10 | [five](bee.md#limts)
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `#limits`?

    error[broken-link]: `../../../etc/passwd` leads out of the site
      --> content/essays/a.md:11:1
       |
    11 | [six](../../../etc/passwd)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: link to a file below `content/`, or to a whole web address

    error[broken-link]: nothing is at `/esays/`
      --> content/essays/a.md:12:1
       |
    12 | [seven](/esays/)
       | ^^^^^^^^^^^^^^^^
       |
       = help: did you mean `/essays/`?

    error[refused-link]: a link can't use `javascript:`
      --> content/essays/a.md:13:1
       |
    13 | [eight](javascript:alert)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: use `https:`, `mailto:`, `tel:` or the like, or our own `pattern:`, `concept:`, `incident:`

    error[empty-link]: the link leads nowhere
      --> content/essays/a.md:14:1
       |
    14 | [nine]()
       | ^^^^^^^^
       |
       = help: write where it leads between the round brackets

    error[broken-link]: there is no file `content/essays/c/mop.svg`
      --> content/essays/a.md:15:1
       |
    15 | ![ten](c/mop.svg)
       | ^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `c/map.svg`?

    error[broken-anchor]: `content/essays/a.md` has no heading or passage `#elsewhere`
      --> content/essays/a.md:16:1
       |
    16 | [eleven](#elsewhere)
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: it has no headings; leave the anchor out

    error[broken-link]: there is no file `content/essays/bee`
      --> content/essays/a.md:17:1
       |
    17 | [twelve](bee)
       | ^^^^^^^^^^^^^
       |
       = help: did you mean `bee.md`?
    "#);
}

#[test]
fn a_broken_link_is_shown_as_its_words() {
    use ninefold::render::{self, Highlighter, Output, Renderer};

    let site =
        TestSite::new().essay("a", "", "See [the *words*](nowhere.md), ![a boat](no.svg) and [x](javascript:y).");
    let assembled = ninefold::pipeline::read(&site.options());
    let theme = render::theme(&assembled.theme).expect("the theme");
    let sources = |path: &_| assembled.text(path);
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    let view = assembled.site.view(&ninefold::model::UrlPath::new("/essays/a/")).expect("the essay");
    let Ok(Output::Bytes(bytes)) = render::output(&view, &renderer) else { panic!("no page") };
    insta::assert_snapshot!(String::from_utf8(bytes).expect("text"), @r#"
    <title>a</title>
    <p>See the <em>words</em>, a boat and x.</p>
    "#);
}
