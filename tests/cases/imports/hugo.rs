//! Hugo's texts in a site of ours.

use ninefold::import::Kind;

use super::{Move, told};

fn moved() -> Move {
    Move::new(Kind::Hugo)
}

#[test]
fn front_matter_keeps_what_it_says_and_the_old_address() {
    let moved = moved()
        .file("hugo.toml", "baseURL = 'https://old.example/blog/'\ntitle = 'Small hours'\nlanguageCode = 'en-gb'\n[permalinks]\npost = '/:year/:month/:slug/'\n[params]\ndescription = 'On call.'\n")
        .file(
            "content/post/Night Shift.md",
            "+++\ntitle = \"It's 3: \\\"why\\\"\"\ndate = 2020-05-06T03:04:05+02:00\nlastmod = 2020-06-01\ntags = [\"LAG\", \"shifts\"]\ncategories = \"people\"\nauthors = [{name = \"Ines\"}, \"Tomo\"]\nslug = \"night\"\naliases = [\"/n/\", \"older\"]\ndescription = \"Who is *awake*?\"\ndraft = true\nweight = 3\nmood = 4\n+++\nText.\n",
        );
    moved.run();
    insta::assert_snapshot!(moved.made("content/essays/night.md"), @r#"
    ---
    title: 'It''s 3: "why"'
    date: 2020-05-06T03:04:05+02:00
    updated: 2020-06-01
    summary: Who is awake?
    authors:
    - Ines
    - Tomo
    patterns:
    - lag
    draft: true
    aliases:
    - /2020/05/night/
    - /n/
    - /2020/05/older/
    extra:
      mood: 4
      tags:
      - shifts
      categories:
      - people
    ---

    Text.
    "#);
    insta::assert_snapshot!(moved.made("content/site.yaml"), @r"
    title: Small hours
    base_url: https://old.example/blog/
    description: On call.
    language: en-gb
    ");
}

#[test]
fn front_matter_may_be_json_and_a_text_without_a_date_is_a_page() {
    let moved = moved()
        .file("content/team/_index.md", "---\ntitle: Team\n---\n")
        .file("content/team/rota.md", "{\n  \"title\": \"Rota\",\n  \"tags\": [\"lag\"]\n}\n\nWho.\n")
        .file("content/post/_index.md", "---\ntitle: Posts\n---\n")
        .file("content/post/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\n[team](/team/), [posts](/post/)\n");
    moved.run();
    assert!(moved.made("content/pages/team/rota.md").ends_with("---\n\nWho.\n"));
    assert!(moved.made("content/pages/team.md").starts_with("---\ntitle: Team\n"));
    assert!(moved.made("content/pages/post.md").contains("[All essays](/essays/)"));
    assert!(moved.made("content/essays/a.md").ends_with("[team](../pages/team.md), [posts](../pages/post.md)\n"));
}

/// The body of one post that stands beside two others.
fn body(text: &str) -> (Move, String, String) {
    let moved = moved()
        .file("config.yaml", "baseURL: https://old.example/\n")
        .file(
            "content/post/first.md",
            "---\ntitle: First\ndate: 2020-01-01\n---\n## What's *new* in 1.2?\n\n## Limits\n",
        )
        .file("content/post/second/index.md", "---\ntitle: Second\ndate: 2020-01-02\n---\n![x](x.png)\n")
        .file("content/post/second/x.png", "png")
        .file("static/img/s.png", "png")
        .file("content/post/it.md", format!("---\ntitle: It\ndate: 2020-01-03\n---\n{text}"));
    let imported = moved.run();
    let file = if moved.has("content/essays/it.md") { "content/essays/it.md" } else { "content/essays/it/index.md" };
    let body = moved.made(file).split_once("---\n\n").map(|(_, body)| body.to_owned()).expect("a body");
    (moved, body, imported.report)
}

#[test]
fn links_between_texts_lead_to_files_and_anchors_are_carried() {
    let (moved, body, report) = body(
        "[a]({{< ref \"first.md#whats-new-in-12\" >}}) [b]({{< relref \"/post/second\" >}}) [c](https://old.example/post/first/#limits)\n[d](../second/) [e][e] <https://old.example/post/second/> [f](/tags/x/) [g]({{% ref \"gone\" %}}) ![s](/img/s.png)\n\n[e]: /post/second/ \"T\"\n\n`[x](/post/second/)` [y](https://else.example/post/second/)\n",
    );
    insta::assert_snapshot!(body, @r#"
    [a](first.md#whats-new-in-12) [b](second/index.md) [c](first.md#limits)
    [d](second/index.md) [e][e] [https://old.example/post/second/](second/index.md) [f](/tags/x/) g ![s](/img/s.png)

    [e]: second/index.md "T"

    `[x](/post/second/)` [y](https://else.example/post/second/)
    "#);
    assert!(
        moved.made("content/essays/first.md").contains("## What's *new* in 1.2? {#whats-new-in-12}\n\n## Limits\n")
    );
    assert!(moved.has("content/static/img/s.png") && moved.has("content/essays/second/x.png"));
    assert!(report.contains("- `content/post/it.md:6`: `gone`: the words stay"), "{report}");
    assert!(report.contains("- `content/post/it.md:6`: `/tags/x/`"), "{report}");
}

#[test]
fn shortcodes_become_what_they_mean_and_others_stay_and_are_told() {
    let (moved, body, report) = body(
        "Before\n{{< figure src=\"q.png\" alt=\"Queue\" title=\"Load.\" caption=\"It *rose*.\" >}}\nafter {{< param \"x\" >}}.\n\n{{< highlight go \"linenos=table\" >}}\na := `b`\n{{< /highlight >}}\n\n- item\n\n  {{< youtube id=\"abc_-1\" >}}\n\n{{% details summary=\"More & more\" %}}\n**In** {{< x user=\"u\" id=\"1\" >}}\n{{% /details %}}\n\n{{< code-toggle file=hugo >}}\ntitle = 'x'\n{{< /code-toggle >}}\n\n{{</* shown \"it\" */>}}\n\n```\n{{</* shown \"it\" */>}} {{< figure src=\"q.png\" >}}\n```\n\n{{< box \"red\" >}}*in*{{< /box >}}\n{{< gist u 1 >}}\n",
    );
    insta::assert_snapshot!(body, @r#"
    Before

    ![Queue](q.png "Load. It rose.")

    after {{\< param \"x\" \>}}.

    ```go
    a := `b`
    ```

    - item

      <https://www.youtube.com/watch?v=abc_-1>

    <details>
    <summary>More &amp; more</summary>

    **In** <https://x.com/u/status/1>

    </details>

    ```toml
    title = 'x'
    ```

    {{\< shown \"it\" \>}}

    ```
    {{< shown "it" >}} {{< figure src="q.png" >}}
    ```

    {{\< box \"red\" \>}}*in*{{\< /box \>}}

    <https://gist.github.com/u/1>
    "#);
    assert!(moved.has("content/essays/it.md"));
    assert!(report.contains("### Shortcodes that are not known (2)\n\n- `content/post/it.md:7`: `param` stays as text\n- `content/post/it.md:31`: `box` stays as text\n"), "{report}");
}

#[test]
fn a_shortcode_of_the_site_with_a_plain_template_is_filled_in_and_files_are_included() {
    let moved = moved()
        .file("layouts/shortcodes/key.html", "<kbd>{{ .Get 0 }}</kbd>\n")
        .file("content/post/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\nPress {{< key \"Enter\" >}}.\n\n{{% include \"/_parts/note.md\" %}}\n\n{{% include \"../../../secret.md\" %}}\n")
        .file("content/_parts/note.md", "---\nbuild:\n  render: never\n---\nA *note*.\n")
        .file("../secret.md", "Secret.\n");
    let imported = moved.run();
    let text = moved.made("content/essays/a.md");
    assert!(text.contains("Press <kbd>Enter</kbd>.\n\nA *note*.\n"), "{text}");
    assert!(!text.contains("Secret"), "{text}");
    assert_eq!(told(&imported, "Files that were to be shown and are not there").len(), 1);
}

#[test]
fn words_that_ours_would_take_for_marks_are_guarded() {
    let (_, body, _) = body("A [[link]], `[[x]]`, see https://a.example/x_(y). Intro.\n<!--more-->\nRest.\n");
    insta::assert_snapshot!(body, @r"
    A \[[link]], `[[x]]`, see https://a.example/x_(y). Intro.

    Rest.
    ");
}

#[test]
fn what_is_not_published_stays_so() {
    let moved = moved()
        .file("content/post/old.md", "---\ntitle: Old\ndate: 2020-01-01\nexpiryDate: 2021-01-01\n---\nGone.\n")
        .file("content/wip.md", "---\ntitle: Wip\ndraft: true\n---\nNot yet.\n")
        .file("content/post/bad.md", "---\ntitle: Bad\ndate: soon\n---\nWhen?\n");
    let imported = moved.run();
    assert!(moved.made("content/essays/old.md").contains("draft: true\n"));
    assert!(moved.made("content/pages/wip.md").contains("draft: true\n"));
    assert_eq!(told(&imported, "Dates that can't be read"), ["`content/post/bad.md:1`: `date: soon`"]);
}
