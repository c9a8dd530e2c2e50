//! Blocks of code by the names that people give to languages, and sessions at a prompt.

use super::bodies::{body, said};

#[test]
fn languages_get_colours_a_label_and_the_keyboard() {
    for (language, code) in [
        ("toml", "[a]\nb = \"c\""),
        ("typescript", "const x: string = \"a\";"),
        ("dockerfile", "FROM alpine:3\nRUN ls"),
        ("hcl", "resource \"a\" \"b\" {\n  c = 1\n}"),
        ("ini", "[a]\nb=c"),
        ("nginx", "server { listen 80; }"),
        ("powershell", "Get-Item $x"),
        ("kotlin", "fun main() {}"),
        ("swift", "let a = 1"),
        ("python3", "print(1)"),
        ("csharp", "class A {}"),
        ("proto", "message A {}"),
        ("promql", "rate(x[5m])"),
        ("rego", "allow { input.a == 1 }"),
        ("jsonnet", "{ a: 1 }"),
        ("elixir", "defmodule A do\nend"),
        ("zig", "const a = 1;"),
        ("mjs", "let a = 1;"),
        ("jsonc", "// a\n{}"),
        ("tf", "locals { a = 1 }"),
        ("rust,no_run", "let a = 1;"),
        ("js:a.js", "let a = 1;"),
        ("{.python .numberLines}", "x = 1"),
    ] {
        let html = body(&format!("```{language}\n{code}\n```"));
        assert!(
            html.starts_with("<pre class=\"nf-code\" data-language=\"") && html.contains("tabindex=\"0\""),
            "{html}"
        );
        assert!(html.contains("<span class=\"hl-"), "{language}: {html}");
    }
}

#[test]
fn commands_of_a_session_have_colours_and_output_has_none() {
    let session = "$ curl https://e.example/\ncan't connect to server\nit's broken\n# systemctl restart x\n\
                   ann@web:~$ cat <<EOF \\\n  a\n> b\nif done";
    insta::assert_snapshot!(body(&format!("```console\n{session}\n```")), @r#"
    <pre class="nf-code" data-language="console" tabindex="0"><code class="language-console"><span class="hl-punctuation hl-prompt">$ </span><span class="hl-variable hl-function hl-shell">curl</span> https://e.example/
    can't connect to server
    it's broken
    <span class="hl-punctuation hl-prompt"># </span><span class="hl-variable hl-function hl-shell">systemctl</span> restart x
    <span class="hl-punctuation hl-prompt">ann@web:~$ </span><span class="hl-variable hl-function hl-shell">cat</span> <span class="hl-string hl-unquoted hl-heredoc"><span class="hl-keyword hl-operator hl-assignment">&lt;&lt;</span><span class="hl-keyword hl-control hl-heredoc-token">EOF</span></span> <span class="hl-punctuation hl-separator hl-continuation">\
    </span>  a<span class="hl-string hl-unquoted hl-heredoc">
    <span class="hl-punctuation hl-prompt">&gt; </span>b
    </span>if done
    </code></pre>
    "#);
    insta::assert_snapshot!(body("```pycon\n>>> for a in b:\n...     a\n1\nif\n```"), @r#"
    <pre class="nf-code" data-language="pycon" tabindex="0"><code class="language-pycon"><span class="hl-punctuation hl-prompt">&gt;&gt;&gt; </span><span class="hl-keyword hl-control hl-loop">for</span> a <span class="hl-keyword hl-control hl-loop">in</span> b<span class="hl-punctuation hl-section hl-block">:</span>
    <span class="hl-punctuation hl-prompt">... </span>    a
    1
    if
    </code></pre>
    "#);
    // Nothing says what is output.
    assert!(body("```console\nls | wc\n```").contains("<span class=\"hl-"));
    assert!(!body("```console\nfor now nothing is\n$\n```").contains("hl-keyword"));
}

#[test]
fn a_language_that_is_not_known_is_told_once_with_the_nearest() {
    insta::assert_snapshot!(said("```pyhton\nx = 1\n```\n\n> ```zzyzx {1}\n> x\n> ```\n\n```mermaid\ngraph\n```\n\n```text\nx\n```"), @"
    warning[unknown-language]: no language `pyhton` is known: the code is shown without colours
     --> content/essays/a.md:6:1
      |
    6 | ```pyhton
      | ^^^^^^^^^
      |
      = help: did you mean `python`?

    warning[unknown-language]: no language `zzyzx` is known: the code is shown without colours
      --> content/essays/a.md:10:3
       |
    10 | > ```zzyzx {1}
       |   ^^^^^^^^^^^^
       |
       = help: write another name of the language, or `text` for what is in none
    ");
}
