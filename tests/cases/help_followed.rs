//! Help of the kind "write this" is followed: what it was about is gone then, and nothing worse has come.

use ninefold::diagnostic::{Diagnostic, Severity, Spot};
use ninefold::pipeline;

use crate::support::TestSite;

/// Where the body of an essay begins.
const BODY: usize = "---\ntitle: \"a\"\ndate: 2026-05-01\n---\n\n".len();

fn diagnostics(body: &str) -> Vec<Diagnostic> {
    let site = TestSite::new().essay("a", "", body).essay("my-plan", "", "## Limits\n\nText.");
    pipeline::read(&site.options()).diagnostics
}

/// What stands in backticks after "write" or "did you mean".
fn proposed(help: &str) -> Option<&str> {
    let rest = help.strip_prefix("write `").or_else(|| help.strip_prefix("did you mean `"))?;
    rest.split('`').next()
}

/// The body as the help of `fault` has it.
fn followed(body: &str, fault: &Diagnostic) -> Option<String> {
    let Spot::Bytes(span) = &fault.place.as_ref()?.spot else { return None };
    let at = span.range().start - BODY..span.range().end - BODY;
    let help = fault.help.first()?;
    let text = proposed(help)?;
    if help.contains("below the") && fault.message.contains("a line of dashes") {
        return Some(format!("{}\n{text}{}", &body[..at.end], &body[at.end..]));
    }
    if fault.code() == "near-table" {
        let next = at.end + 1 + body[at.end + 1..].find('\n')?;
        return Some(format!("{}{text}{}", &body[..=at.end], &body[next..]));
    }
    let text = match fault.code() {
        "unknown-language" => body[at.clone()].replace(|c: char| c != '`', "") + text,
        // What stands between the round brackets, or from the anchor on.
        "broken-link" | "broken-anchor" => {
            let link = &body[at.clone()];
            let from = if fault.code() == "broken-anchor" { link.find('#')? } else { link.find('(')? + 1 };
            format!("{}{text})", &link[..from])
        }
        _ => text.to_owned(),
    };
    Some(format!("{}{text}{}", &body[..at.start], &body[at.end..]))
}

#[test]
fn what_help_says_to_write_mends_what_it_is_about() {
    for body in [
        "See [the plan](my plan.md) now.",
        "![sized](a.png =300x200)",
        "[text] (my-plan.md)",
        "(text)[my-plan.md]",
        "[text](my-plan.md and more.",
        "It is ** full ** there.",
        "**Help: ** me.",
        "A ==mark== here.",
        "##Heading",
        "| a | b |\n| c | d |",
        "| a | b | c |\n|---|---|\n| d | e | f |",
        "> [!INFOO] Title\n> Text.",
        "```pyhton\nx = 1\n```",
        "[text](my-plan)",
        "[text](my-plan.md#limit)",
    ] {
        let before = diagnostics(body);
        let fault = before.iter().find(|fault| fault.help.first().is_some_and(|help| proposed(help).is_some()));
        let fault = fault.unwrap_or_else(|| panic!("nothing is proposed for {body}: {before:?}"));
        let mended = followed(body, fault).unwrap_or_else(|| panic!("{body}: {fault:?}"));
        let after = diagnostics(&mended);
        let has = |faults: &[Diagnostic], code: &str| faults.iter().filter(|fault| fault.code() == code).count();
        assert!(has(&after, fault.code()) < has(&before, fault.code()), "{body} became {mended}: {after:?}");
        // That a file is not there is told only once a link leads to it.
        let is_worse = |fault: &&Diagnostic| fault.severity == Severity::Error && fault.code() != "broken-link";
        assert_eq!(after.iter().filter(is_worse).count(), 0, "{body} became {mended}: {after:?}");
    }
}

/// A site with one of each thing that a link may be meant to lead to.
fn site_around(text: &str) -> TestSite {
    let words = |title: &str| crate::support::essay(title, "", "## Limits\n\nText.");
    TestSite::new()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org/blog/\nsearch: false\n")
        .file("content/essays/bundle/index.md", text)
        .file("content/essays/bundle/pics/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/static/st.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/static/paper.pdf", "x")
        .file("content/essays/b.md", words("The b"))
        .file("content/essays/moved/index.md", words("Moved"))
        .file("content/essays/dated.md", crate::support::essay("Dated", "slug: other", "Text."))
        .file("content/pages/about.md", "---\ntitle: About\n---\n\nText.\n")
        .incident("ports-2026", "title: Ports")
        .concept("handover", "Words of the night shift.")
}

fn errors(text: &str) -> Vec<Diagnostic> {
    let site = site_around(text);
    pipeline::read(&site.options()).diagnostics
}

/// The link as the help has it: with another destination, scheme or name.
fn mended_link(link: &str, help: &str) -> Option<String> {
    let text = proposed(help)?;
    let (open, close) = if link.contains("[[") { ("[[", "]]") } else { ("](", ")") };
    let start = link.find(open)? + open.len();
    let end = link.rfind(close)?;
    let destination = &link[start..end];
    let new = match (text.strip_suffix(':'), text.starts_with('#')) {
        (Some(_), _) => format!("{text}{}", destination.split_once(':')?.1),
        (_, true) => format!("{}{text}", destination.split('#').next()?),
        // A name, in a scheme of ours.
        _ if destination
            .split_once(':')
            .is_some_and(|(scheme, _)| ["pattern", "concept", "incident"].contains(&scheme)) =>
        {
            format!("{}:{text}", destination.split_once(':')?.0)
        }
        _ => text.to_owned(),
    };
    Some(format!("{}{new}{}", &link[..start], &link[end..]))
}

#[test]
fn a_link_as_help_says_leads_somewhere() {
    let mut wrong = Vec::new();
    for link in [
        "[a](../b.html)",
        "[a](../b)",
        "[a](../b/index.html)",
        "[a](b.md)",
        "[a](essays/b.md)",
        "[a](content/essays/b.md)",
        "[a](/content/essays/b.md)",
        "[a](/content/pages/about.md)",
        "[a](/essays/b.html)",
        "[a](/essays/b/index.html)",
        "[a](/blog/essays/b/)",
        "[a](/essays/dated/)",
        "[a](essays/b/)",
        "[a](about/)",
        "[a](../about.md)",
        "[a](..\\b.md)",
        "![a](pics\\p.svg)",
        "![a](Pics/p.svg)",
        "![a](pics/P.svg)",
        "![a](/static/st.svg)",
        "![a](static/st.svg)",
        "![a](../../static/sst.svg)",
        "![a](/st.sgv)",
        "![a](content/static/st.svg)",
        "[a](paper.pdf)",
        "[a](www.example.com)",
        "[a](example.com/notes/)",
        "[a](https//example.com)",
        "[a](htps://example.com)",
        "[a](ada@example.com)",
        "[a](patterns:lag)",
        "[a](pattern:Lag)",
        "[a](pattern:lga)",
        "[a](concept:handovr)",
        "[a](incident:port-2026)",
        "[a](../../incidents/ports.md)",
        "[a](../../patterns/lags.md)",
        "[a](../b.md#limit)",
        "[a](#text-tow)\n\n## Text two",
        "[a](../../index.md)",
        "[a](../index.md)",
        "[a](/index.html)",
        "[a](/rss.xml)",
        "[a](/feed/)",
        "[a](/patterns/lags/)",
        "[[saturaton]]",
        "[[conflict]]",
        "[[the bb]]",
        "[[handover.]]",
        "![[Mvoed]]",
    ] {
        let text = |link: &str| crate::support::essay("bundle", "", &format!("Text with a link.\n\n{link}\n"));
        let is_error = |fault: &&Diagnostic| fault.severity == Severity::Error;
        let before = errors(&text(link));
        let Some(fault) = before.iter().find(is_error) else {
            wrong.push(format!("{link} leads somewhere"));
            continue;
        };
        let (first, rest) = link.split_once('\n').unwrap_or((link, ""));
        let Some(mended) = fault.help.first().and_then(|help| mended_link(first, help)) else {
            wrong.push(format!("{link}: {:?}", fault.help));
            continue;
        };
        let after = errors(&text(&format!("{mended}\n{rest}")));
        if let Some(left) = after.iter().find(is_error) {
            wrong.push(format!("{link} became {mended}: {} {:?}", left.message, left.help));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// The lines of a front matter as the help has them.
fn mended_line(line: &str, help: &str) -> Option<String> {
    let (before, rest) = help.split_once('`')?;
    let text = rest.split('`').next()?;
    Some(match () {
        () if before == "write it as " && !text.contains(':') => format!("{text}:{}", line.split_once(':')?.1),
        () if text.contains(": ") || text.ends_with(':') => text.to_owned(),
        () if before == "did you mean " && line.split(':').next()?.trim() != text => {
            let (key, value) = line.split_once(':')?;
            let is_key = ninefold::model::nearest(key, [text]).is_some();
            if is_key { format!("{text}:{value}") } else { format!("{key}: {text}") }
        }
        () if before == "write " => format!("{}: {text}", line.split_once(':')?.0),
        () => return None,
    })
}

#[test]
fn front_matter_as_help_says_is_read_and_publishes_nothing_more() {
    for (line, mended) in [
        ("draft: \"true\"", "draft: true"),
        ("draft: yes", "draft: true"),
        ("draft: 1", "draft: true"),
        ("draft: 0", "draft: false"),
        ("draft: No", "draft: false"),
        ("title: [Draft] Later", "title: \"[Draft] Later\""),
        ("title: Ports: a story", "title: \"Ports: a story\""),
        ("title: *Ports* in full", "title: \"*Ports* in full\""),
        ("title: \"12\" ports", ""),
        ("patterns: saturation, lag", "patterns: [saturation, lag]"),
        ("patterns: satuation", "patterns: saturation"),
        ("patern: lag", "patterns: lag"),
        ("author: Ada", "authors: Ada"),
        ("description: Words of it", "summary: Words of it"),
        ("lastmod: 2026-05-02", "updated: 2026-05-02"),
        ("permalink: /x/y/", "url: /x/y/"),
        ("redirect_from: /x/", "aliases: /x/"),
        ("updated: May 3rd, 2026", "updated: 2026-05-03"),
        ("slug: My Essay", "slug: my-essay"),
        ("kind: anaylsis", "kind: analysis"),
        ("incidents: port-2026", "incidents: ports-2026"),
        ("concepts: handovr", "concepts: handover"),
    ] {
        let title = if line.starts_with("title") { "" } else { "title: A\n" };
        let text = |line: &str| format!("---\n{title}date: 2026-05-01\n{line}\n---\n\nText.\n");
        let before = errors(&text(line));
        let fault = before.iter().find(|fault| fault.severity <= Severity::Warning && fault.code() != "left-out");
        let fault = fault.unwrap_or_else(|| panic!("{line} is read: {before:?}"));
        let new = fault.help.first().and_then(|help| mended_line(line, help)).unwrap_or_default();
        assert_eq!(new, mended, "{line}: {:?}", fault.help);
        if !new.is_empty() {
            let after = errors(&text(&new));
            let left: Vec<_> = after.iter().filter(|fault| fault.severity == Severity::Error).collect();
            assert!(left.is_empty(), "{line} became {new}: {left:?}");
        }
    }
}

#[test]
fn what_belongs_elsewhere_is_told_where() {
    let said = |path: &str, text: &str| {
        let site = site_around(&crate::support::essay("bundle", "", "Text.")).file(path, text);
        let all = site.said();
        all.lines()
            .filter(|line| !line.trim_start().starts_with('|'))
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    insta::assert_snapshot!(said("content/essays/c.md", "+++\ntitle = \"C\"\n+++\n\nText.\n"), @"
    error[no-front-matter]: the file does not begin with front matter
     --> content/essays/c.md:1:1
    1 | +++
      = help: between `+++` stands TOML: `ninefold import hugo SOURCE`, or `zola`, brings in a whole site of it
      = help: a single text: write it as YAML, lines of the form `key: value` between `---` and `---`
    ");
    insta::assert_snapshot!(said("content/essays/c.markdown", "---\ntitle: C\n---\n"), @"
    warning[unused-file]: `content/essays/c.markdown` is not used: texts end in `.md`
    --> content/essays/c.markdown
     = help: rename it to `c.md`
    ");
    insta::assert_snapshot!(said("content/site.yml", "title: C\n"), @"
    warning[unused-file]: `content/site.yml` is not used: the settings are called `site.yaml`
    --> content/site.yml
     = help: rename it to `site.yaml`, or move there what it says
    ");
    let front = |lines: &str| said("content/essays/c.md", &crate::support::essay("c", lines, "Text."));
    insta::assert_snapshot!(front("tags: [lag]\nlayout: post\npublished: false\npart: 2"), @"
    error[unknown-key]: the front matter of an essay has no key `tags`
     --> content/essays/c.md:4:1
    4 | tags: [lag]
      = help: what is one of the nine goes into `patterns`, a concept into `concepts`, other words into `extra`: `extra: {tags: […]}`; `ninefold import` does so for a whole site

    error[unknown-key]: the front matter of an essay has no key `layout`
     --> content/essays/c.md:5:1
    5 | layout: post
      = help: leave it out, or give it to the theme: `extra: {layout: …}`

    error[unknown-key]: the front matter of an essay has no key `published`
     --> content/essays/c.md:6:1
    6 | published: false
      = help: write `draft: true` where the text is not to be published; else leave it out

    error[unknown-key]: the front matter of an essay has no key `part`
     --> content/essays/c.md:7:1
    7 | part: 2
      = help: write it with the series: `series: {name: …, part: 2}`
    ");
    insta::assert_snapshot!(front("concepts: [lag]\npatterns: [handover]"), @"
    error[unknown-concept]: there is no concept `lag`
     --> content/essays/c.md:4:12
    4 | concepts: [lag]
      = help: `lag` is a pattern: write it under `patterns`, in a link as `pattern:lag`

    error[unknown-pattern]: there is no pattern `handover`
     --> content/essays/c.md:5:12
    5 | patterns: [handover]
      = help: `handover` is a concept: write it under `concepts`, in a link as `concept:handover`
    ");
    insta::assert_snapshot!(front("slug: b"), @"
    error[url-taken]: the slug's address `/essays/b/` is taken by `content/essays/b.md`
     --> content/essays/c.md:4:7
    4 | slug: b
      = help: choose another `slug`
    ");
    let body = |text: &str| said("content/essays/c.md", &crate::support::essay("c", "", text));
    insta::assert_snapshot!(body("## Ports {pattern=\"saturation lag\"}\n\nText.\n\n## More {#m pattern=lag,friction}\n\nText."), @r#"
    error[unknown-attribute]: the attribute `pattern` takes one name, without quotation marks
     --> content/essays/c.md:6:1
    6 | ## Ports {pattern="saturation lag"}
      = help: write each by itself: `{pattern=saturation pattern=lag}`

    error[unknown-attribute]: the attribute `pattern` takes one name, without quotation marks
      --> content/essays/c.md:10:1
    10 | ## More {#m pattern=lag,friction}
       = help: write each by itself: `{pattern=lag pattern=friction}`
    "#);
    insta::assert_snapshot!(body("[a](new-one.md) and [[new-two]], [b](http://127.0.0.1:4000/essays/b/)."), @"
    error[broken-link]: there is no file `content/essays/new-one.md`
     --> content/essays/c.md:6:1
    6 | [a](new-one.md) and [[new-two]], [b](http://127.0.0.1:4000/essays/b/).
      = help: create it with `ninefold new essay new-one`, and publish it: it begins as a draft

    error[broken-link]: no file and no title is `new-two`
     --> content/essays/c.md:6:21
    6 | [a](new-one.md) and [[new-two]], [b](http://127.0.0.1:4000/essays/b/).
      = help: create it with `ninefold new essay new-two`, and publish it: it begins as a draft

    warning[broken-link]: `http://127.0.0.1:4000/essays/b/` is where `ninefold serve` shows the site: readers find nothing there
     --> content/essays/c.md:6:34
    6 | [a](new-one.md) and [[new-two]], [b](http://127.0.0.1:4000/essays/b/).
      = help: leave the host out: `/essays/b/`
    ");
}
