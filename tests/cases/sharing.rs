//! What a page says to those who show it elsewhere: Open Graph, Twitter's tags, JSON-LD.

use image::ImageFormat;
use serde_json::Value;

use super::pictures::picture;
use super::small_site;
use crate::support::TestSite;

/// The tags of a page's head that are for others.
fn tags(site: &TestSite, url: &str) -> String {
    let page = site.page(url);
    let (head, _) = page.split_once("</head>").expect("a head");
    let wanted = [
        "<meta property=",
        "<meta name=\"twitter",
        "<meta name=\"author",
        "<link rel=\"canonical",
        "<link rel=\"alternate",
    ];
    let lines = head.lines().filter(|line| wanted.iter().any(|start| line.starts_with(start)));
    lines.collect::<Vec<_>>().join("\n")
}

/// The JSON-LD of a page.
fn linked_data(site: &TestSite, url: &str) -> Option<Value> {
    let page = site.page(url);
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
    Some(serde_json::from_str(rest.split_once("</script>").expect("the end").0).expect("JSON"))
}

#[test]
fn an_essay_says_what_it_is_when_it_is_shared() {
    let site = small_site::with_default_theme();
    site.build();
    insta::assert_snapshot!(tags(&site, "/essays/ports/"), @r#"
    <link rel="canonical" href="https://small.example/essays/ports/">
    <meta property="og:title" content="Out of ports">
    <meta property="og:type" content="article">
    <meta property="og:url" content="https://small.example/essays/ports/">
    <meta property="og:site_name" content="Small">
    <meta property="og:description" content="A budget nobody had counted.">
    <meta name="twitter:card" content="summary">
    <meta property="article:published_time" content="2026-05-01">
    <meta property="article:tag" content="Saturation">
    <meta property="article:tag" content="Lag">
    <meta property="article:tag" content="Handover">
    <meta property="article:tag" content="Ports, May 2026">
    <meta name="author" content="Ada Writer">
    <link rel="alternate" type="application/atom+xml" title="Small" href="/feed.xml">
    <link rel="alternate" type="application/feed+json" title="Small" href="/feed.json">
    "#);
    insta::assert_snapshot!(format!("{:#}", linked_data(&site, "/essays/ports/").expect("data")), @r#"
    {
      "@context": "https://schema.org",
      "@graph": [
        {
          "@type": "Article",
          "about": [
            {
              "@type": "DefinedTerm",
              "name": "Saturation",
              "url": "https://small.example/patterns/saturation/"
            },
            {
              "@type": "DefinedTerm",
              "name": "Lag",
              "url": "https://small.example/patterns/lag/"
            },
            {
              "@type": "DefinedTerm",
              "name": "Handover",
              "url": "https://small.example/concepts/handover/"
            }
          ],
          "author": [
            {
              "@type": "Person",
              "name": "Ada Writer"
            }
          ],
          "citation": [
            {
              "@type": "WebPage",
              "name": "Ports, May 2026",
              "url": "https://small.example/incidents/ports-2026/"
            },
            {
              "@type": "CreativeWork",
              "author": [
                {
                  "@type": "Person",
                  "name": "Ben Reader"
                }
              ],
              "datePublished": "2026-05-03",
              "name": "What happened",
              "url": "https://harbour.example/why"
            },
            {
              "@type": "CreativeWork",
              "name": "Phones fall silent"
            }
          ],
          "dateModified": "2026-05-01",
          "datePublished": "2026-05-01",
          "description": "A budget nobody had counted.",
          "headline": "Out of ports",
          "inLanguage": "en",
          "isPartOf": {
            "@type": "WebSite",
            "name": "Small",
            "url": "https://small.example/"
          },
          "url": "https://small.example/essays/ports/",
          "wordCount": 46
        },
        {
          "@type": "BreadcrumbList",
          "itemListElement": [
            {
              "@type": "ListItem",
              "item": "https://small.example/",
              "name": "Small",
              "position": 1
            },
            {
              "@type": "ListItem",
              "item": "https://small.example/essays/",
              "name": "Essays",
              "position": 2
            },
            {
              "@type": "ListItem",
              "item": "https://small.example/essays/ports/",
              "name": "Out of ports",
              "position": 3
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn the_front_page_patterns_and_concepts_are_what_they_are() {
    let site = small_site::with_default_theme();
    site.build();
    insta::assert_snapshot!(tags(&site, "/"), @r#"
    <link rel="canonical" href="https://small.example/">
    <meta property="og:title" content="Small">
    <meta property="og:type" content="website">
    <meta property="og:url" content="https://small.example/">
    <meta property="og:site_name" content="Small">
    <meta property="og:description" content="A site with one of everything.">
    <meta name="twitter:card" content="summary">
    <link rel="alternate" type="application/atom+xml" title="Small" href="/feed.xml">
    <link rel="alternate" type="application/feed+json" title="Small" href="/feed.json">
    "#);
    for (url, kinds) in [
        ("/", vec!["WebSite"]),
        ("/patterns/lag/", vec!["DefinedTerm", "BreadcrumbList"]),
        ("/concepts/handover/", vec!["DefinedTerm", "BreadcrumbList"]),
        ("/incidents/ports-2026/", vec!["Event", "BreadcrumbList"]),
        ("/patterns/lag/saturation/", vec!["BreadcrumbList"]),
        ("/essays/", vec![]),
        ("/about/", vec![]),
        ("/404.html", vec![]),
    ] {
        let data = linked_data(&site, url);
        let graph = data.as_ref().and_then(|data| data["@graph"].as_array());
        let found: Vec<&str> =
            graph.into_iter().flatten().map(|item| item["@type"].as_str().expect("a type")).collect();
        assert_eq!(found, kinds, "{url}");
    }
    let concept = linked_data(&site, "/concepts/handover/").expect("data");
    insta::assert_snapshot!(format!("{:#}", concept["@graph"][0]), @r#"
    {
      "@type": "DefinedTerm",
      "alternateName": [
        "shift change"
      ],
      "description": "What one shift tells the next.",
      "inDefinedTermSet": {
        "@type": "DefinedTermSet",
        "name": "Concepts",
        "url": "https://small.example/concepts/"
      },
      "name": "Handover",
      "url": "https://small.example/concepts/handover/"
    }
    "#);
}

#[test]
fn an_incident_is_an_event_with_its_dates_as_precise_as_they_are_known() {
    let site = TestSite::with_default_theme().incident(
        "i",
        "title: Ports\norganisations: [Ada's, Bo]\ntimes: {started: 2017, resolved: 2017-02-01}\n\
         sources: [{kind: report, title: What happened, author: Cy, published: 2017-03}]",
    );
    site.build();
    let data = linked_data(&site, "/incidents/i/").expect("data");
    insta::assert_snapshot!(format!("{:#}", data["@graph"][0]), @r#"
    {
      "@type": "Event",
      "about": [
        {
          "@type": "Organization",
          "name": "Ada's"
        },
        {
          "@type": "Organization",
          "name": "Bo"
        }
      ],
      "citation": [
        {
          "@type": "CreativeWork",
          "author": [
            {
              "@type": "Person",
              "name": "Cy"
            }
          ],
          "datePublished": "2017-03",
          "name": "What happened"
        }
      ],
      "endDate": "2017-02-01",
      "name": "Ports",
      "startDate": "2017",
      "url": "https://example.org/incidents/i/"
    }
    "#);
}

#[test]
fn nothing_in_a_title_ends_the_script() {
    let title = "</script><!-- & <b> \\u2028\u{2028}.";
    let site = TestSite::with_default_theme()
        .file("content/essays/a.md", format!("---\ntitle: '{title}'\ndate: 2026-05-01\n---\n\nWords.\n"));
    site.build();
    let data = linked_data(&site, "/essays/a/").expect("data");
    assert_eq!(data["@graph"][0]["headline"], title.replace("<!--", "<!\u{2013}"));
    assert_eq!(site.page("/essays/a/").matches("</script>").count(), 3, "those of the theme and that of the data");
}

#[test]
fn the_picture_of_an_essay_stands_for_it_unless_it_is_a_drawing() {
    let site = TestSite::with_default_theme()
        .file("content/static/open.png", picture(700, 350, ImageFormat::Png))
        .file("content/static/drawn.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>")
        .essay("a", "image: /open.png", "Words.")
        .essay("b", "image: /drawn.svg", "Words.");
    site.build();
    let image = |url: &str| {
        tags(&site, url)
            .lines()
            .filter(|line| line.contains("image") || line.contains("twitter"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(image("/essays/a/"), @r#"
    <meta property="og:image" content="https://example.org/open.png">
    <meta property="og:image:width" content="700">
    <meta property="og:image:height" content="350">
    <meta property="og:image:alt" content="a">
    <meta name="twitter:card" content="summary_large_image">
    "#);
    insta::assert_snapshot!(image("/essays/b/"), @r#"<meta name="twitter:card" content="summary">"#);
}
