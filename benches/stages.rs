//! How long each stage takes on a site of essays that link, mark passages and hold code. `cargo bench` runs all of them,
//! `cargo bench -- outline` one. Times are for comparing two versions on one machine; nothing is asserted of them.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a bench that can't run has nothing to say"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ninefold::assemble::{Assembled, assemble, outline_all};
use ninefold::assemble::{Outlined, TextBudget};
use ninefold::cache::Files;
use ninefold::index;
use ninefold::link::{self, Include};
use ninefold::load::{Inputs, Stopwatch};
use ninefold::model::{Pattern, SourcePath, UrlPath};
use ninefold::outline;
use ninefold::render::{self, Highlighter, Output, Renderer};
use ninefold::write::Writer;

const ESSAYS: usize = 500;
const NOW: &str = "2026-06-15T12:00:00Z";

const WORDS: [&str; 24] = [
    "queue", "margin", "retry", "operator", "the", "of", "a", "slow", "cache", "while", "pager", "under", "load",
    "and", "region", "waits", "for", "lease", "that", "nobody", "renewed", "until", "dawn", "again",
];

/// Numbers that look random and are the same at each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn sentence(&mut self) -> String {
        let words: Vec<&str> = (0..8 + self.below(14)).map(|_| WORDS[self.below(WORDS.len())]).collect();
        format!("So {}.", words.join(" "))
    }
}

fn essay(n: usize) -> String {
    let mut numbers = Numbers(n as u64 + 1);
    let pattern = |numbers: &mut Numbers| Pattern::ALL[numbers.below(9)];
    let (a, b) = (pattern(&mut numbers), pattern(&mut numbers));
    let mut text = format!(
        "---\ntitle: Essay {n}\ndate: 20{:02}-{:02}-{:02}\npatterns: [{a}, {b}]\nincidents: [incident-{}]\n---\n",
        10 + n % 16,
        1 + n % 12,
        1 + n % 28,
        n % 50
    );
    for section in 0..5 {
        let _ = write!(text, "\n## Part {section}\n");
        for _ in 0..4 {
            let paragraph: Vec<String> = (0..3).map(|_| numbers.sentence()).collect();
            let _ = write!(text, "\n{}\n", paragraph.join(" "));
        }
        let (to, mark) = (numbers.below(ESSAYS), pattern(&mut numbers));
        let _ =
            write!(text, "\nSee [another](essay-{to}.md): [it came late](pattern:{mark}), {}\n", numbers.sentence());
    }
    if n.is_multiple_of(6) {
        let limit = numbers.below(9_999);
        let _ = write!(
            text,
            "\n```rust\nfn take(&mut self) -> Option<u32> {{\n    (self.open < {limit}).then(|| self.next())\n}}\n```\n"
        );
    }
    text
}

fn site(root: &Path) {
    let write = |path: String, text: String| {
        let path = root.join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, text).expect("the file");
    };
    write("site.yaml".to_owned(), "title: Bench\nbase_url: https://example.org\n".to_owned());
    (0..ESSAYS).for_each(|n| write(format!("essays/essay-{n}.md"), essay(n)));
    (0..50).for_each(|n| write(format!("incidents/incident-{n}.md"), format!("---\ntitle: Incident {n}\n---\n")));
}

fn stages(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    site(folder.path());
    let (inputs, faults) = Inputs::read(folder.path(), NOW.parse().expect("a moment"));
    let budget = TextBudget::new(usize::MAX);
    let outlined = outline_all(&inputs.sources, |source| Outlined::new(source, source.read_text(), &budget));
    let documents: Vec<_> = outlined.iter().map(|outlined| outlined.document.clone()).collect();
    let (linked, _) = link::link(&documents, &inputs.files, &inputs.config, &inputs.now, Include::default(), None);
    let assembled = assemble(&inputs, outlined.clone(), Include::default(), faults, None, &mut Stopwatch::default());
    let theme = render::theme(&assembled.theme).expect("the theme");

    let essay = &inputs.sources[inputs.sources.len() / 2];
    let text = essay.content.read_text(&essay.path).expect("the essay");
    let mut group = criterion.benchmark_group("outline");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("one essay", |bencher| bencher.iter(|| outline::outline(essay, black_box(&text))));
    group.finish();

    let mut group = criterion.benchmark_group("site");
    group.throughput(Throughput::Elements(documents.len() as u64));
    group.bench_function("link", |bencher| {
        bencher.iter(|| {
            link::link(black_box(&documents), &inputs.files, &inputs.config, &inputs.now, Include::default(), None)
        });
    });
    group.bench_function("index", |bencher| bencher.iter(|| index::index(black_box(&documents), &linked, None)));
    group.bench_function("frame", |bencher| bencher.iter(|| black_box(&assembled.site).frame()));
    group.finish();

    render_and_write(criterion, &assembled, &theme);
}

fn render_and_write(criterion: &mut Criterion, assembled: &Assembled, theme: &render::Theme) {
    let fresh = || Highlighter::default();
    // The number of an essay with code.
    let url = UrlPath::new("/essays/essay-300/");
    let view = assembled.site.view(&url).expect("the essay");
    let output = |highlighter: &Highlighter| {
        let sources = |path: &SourcePath| assembled.text(path);
        render::output(
            black_box(&view),
            &Renderer { theme, highlighter, sources: &sources, pictures: &ninefold::load::picture_bytes },
        )
        .expect("a page")
    };
    let mut group = criterion.benchmark_group("render");
    group.bench_function("view of an essay", |bencher| bencher.iter(|| assembled.site.view(black_box(&url))));
    group.bench_function("an essay, its code highlighted", |bencher| bencher.iter_with_setup(fresh, |h| output(&h)));
    let knowing = fresh();
    group.bench_function("an essay, its code known", |bencher| bencher.iter(|| output(&knowing)));
    group.finish();

    let Output::Bytes(page) = output(&knowing) else { panic!("no page") };
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let mut group = criterion.benchmark_group("write");
    group.throughput(Throughput::Elements(100));
    group.bench_function("a hundred pages, staged", |bencher| {
        bencher.iter_with_setup(
            || Writer::begin(folder.path(), &out, false, Files::of(folder.path())).expect("the output folder"),
            |writer| {
                for n in 0..100 {
                    writer.put(&format!("{n}/index.html"), &Output::Bytes(page.clone())).expect("a file");
                }
                writer
            },
        );
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
