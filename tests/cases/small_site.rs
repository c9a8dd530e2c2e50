//! A small site that has one of everything: what most cases about pages look at. Its nine patterns and its concepts have
//! texts of their own, so that what the program brings may be rewritten.

use ninefold::model::Pattern;

use crate::support::TestSite;

const CONFIG: &str = "\
title: Small
description: A site with one of everything.
base_url: https://small.example
author: Ada Writer
page_size: 2
logo: logo.svg
extra_css: [own.css]
menu:
  - {title: Elsewhere, url: \"https://elsewhere.example/\"}
  - {title: Questions, url: /patterns/review/}
";

const PORTS: &str = "\
---
title: Out of ports
date: 2026-05-01
kind: analysis
summary: A budget nobody had counted.
patterns: saturation
concepts: handover
incidents: ports-2026
series: {name: Limits, part: 1}
aliases: [/2019/ports/, /old/ports.html]
---

It [ran out of ports](pattern:saturation) by noon, as [the record](incident:ports-2026) says.

## Sixty seconds {#sixty pattern=lag}

A closed connection keeps its port for a minute.

### Who knew

> Nobody on the day shift had been told.
> — A night operator

The [night shift knew](concept:handover). See [the doors](doors.md), and [the guide](../pages/guide/first.md#limits).
";

const DOORS: &str = "\
---
title: Doors that wait
date: 2026-05-02
patterns: [saturation, lag]
concepts: [handover, etto]
series: {name: Limits, part: 2}
---

Like [the minute of a port](ports.md#sixty), a door has a delay of its own. People stopped waiting.

- It closed [long after the button](pattern:lag).
- It took [every guard there was](pattern:saturation) & more.
";

const QUEUE: &str = "\
---
title: A note on \"queues\" & <waits>
date: 2026-05-03T09:30:00+02:00
kind: note
patterns: lag
incidents: [ports-2026, ports-2025]
---

The queue [showed yesterday](pattern:lag).
";

const PICTURE: &str = "\
---
title: A picture of the harbour
date: 2026-05-04
updated: 2026-05-20
authors: [Ada Writer, Ben Reader]
image: harbour.svg
slug: harbour
extra: {mood: calm, list: [1, two]}
---

![Boats](harbour.svg \"Boats at noon\")

Nothing is claimed here. [Its own plan](plan.pdf) and [the logo](/logo.svg).
";

const QUIET: &str = "\
---
title: Quiet
date: 2026-04-01
---

Nothing happened, and [the ports](ports.md) stayed open.
";

const INCIDENT: &str = "\
---
title: Ports, May 2026
organisations: [Harbour Co]
services: [dialler]
regions: [north]
times:
  started: 2026-05-01T10:00:00Z
  detected: 2026-05-01T10:30:00Z
  resolved: 2026-05-01T12:00:00Z
impact: No new calls for two hours.
severity: major
sources:
  - {kind: official, title: What happened, author: Ben Reader, url: \"https://harbour.example/why\", archive_url: \"https://archive.example/why\", published: 2026-05-03}
  - {kind: news, title: Phones fall silent}
related:
  - {id: phones-2017, type: contrast}
timeline:
  - {at: \"2026-05-01T10:15:00Z\", kind: symptom, text: Calls begin to fail.}
  - {at: \"2026-05-01\", text: Somebody wrote it down.}
patterns: [saturation, lag]
concepts: handover
disputes: [Whether it began the night before.]
---

The dialler ran dry. [Out of ports](../essays/ports.md) reads it slowly.
";

const PAGES: [(&str, &str); 5] = [
    ("about", "title: About\nmenu: 1"),
    ("start-here", "title: Start here"),
    ("guide/index", "title: Guide\nmenu: 2"),
    ("guide/second", "title: The second part\nmenu: 2"),
    ("guide/first", "title: The first part\nsummary: How to begin."),
];

/// The site, not yet built.
pub fn small_site() -> TestSite {
    with_content(TestSite::new())
}

/// The same with the default theme.
pub fn with_default_theme() -> TestSite {
    with_content(TestSite::with_default_theme())
}

fn with_content(site: TestSite) -> TestSite {
    let site = site
        .file("content/site.yaml", CONFIG)
        .file("content/essays/ports.md", PORTS)
        .file("content/essays/doors.md", DOORS)
        .file("content/essays/queue.md", QUEUE)
        .file("content/essays/picture/index.md", PICTURE)
        .file("content/essays/picture/harbour.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/essays/picture/plan.pdf", "%PDF-1.4")
        .file("content/essays/quiet.md", QUIET)
        .essay("unfinished", "draft: true\npatterns: lag", "Not [yet](pattern:tangles).")
        .file("content/essays/tomorrow.md", "---\ntitle: Tomorrow\ndate: 2026-07-01\n---\n\nSoon.\n")
        .file("content/incidents/ports-2026.md", INCIDENT)
        .incident("ports-2025", "title: Ports, 2025\norganisations: [Harbour Co]\ntimes: {started: 2025-03}\npatterns: lag")
        .incident("phones-2017", "title: Phones, 2017\ntimes: {started: 2017}\nduration: about 3 h\npatterns: [saturation, lag]")
        .incident("undated", "title: Undated")
        .file(
            "content/concepts/handover.md",
            "---\nname: Handover\ndefinition: What one shift tells the next.\naliases: [shift change]\nrelated: etto\nreference: \"Patterson 2004, Handoff strategies\"\n---\n\nMore on [trade-offs](concept:etto).\n",
        )
        .concept("etto", "Thorough or quick, not both.")
        .file("content/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content/static/own.css", "h1 { letter-spacing: 0 }")
        .file("content/static/deep/er/notes.txt", "as it is");
    let site = PAGES.iter().fold(site, |site, (id, front)| {
        let body =
            if *id == "guide/first" { "## Limits\n\nSee [ports](../../essays/ports.md)." } else { "Some words." };
        site.file(&format!("content/pages/{id}.md"), format!("---\n{front}\n---\n\n{body}\n"))
    });
    Pattern::ALL.iter().enumerate().fold(site, |site, (n, pattern)| {
        let next = Pattern::ALL[(n + 1) % 9];
        let body = if pattern.id() == "lag" { "Lag hides [saturation](saturation.md)." } else { "" };
        site.file(
            &format!("content/patterns/{pattern}.md"),
            format!(
                "---\ndefinition: What {pattern} is.\naliases: [{pattern} by another name]\ncues: [sounds like {pattern}]\n\
                 not: [no {pattern}]\nlook_alikes:\n  - {{id: {next}, difference: Not the same.}}\nquestions: [Was it {pattern}?]\n---\n\n{body}\n"
            ),
        )
    })
}
