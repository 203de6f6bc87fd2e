//! What a model costs to compile: crates of 10 and 100 entities with two indexes each, by `cargo check`, beside
//! the same entities with modyne 0.3.1 and keys written by hand, and beside serde's derives alone.
//!
//! The crates are written below `target/compile-time`, and their dependencies compiled, before anything is
//! timed. Then each is checked in turn: from nothing, and once more after a change that leaves every item as
//! it was, which is what incremental compilation is for.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const SIZES: [usize; 2] = [10, 100];

/// One way to write the entities.
struct Way {
    name: &'static str,
    dependencies: &'static str,
    source: fn(usize) -> String,
}

const WAYS: [Way; 3] = [
    Way { name: "serde", dependencies: "", source: serde_alone },
    Way {
        name: "modyne",
        dependencies: "aws-sdk-dynamodb = { version = \"1\", default-features = false }\nmodyne = { version = \"=0.3.1\", features = [\"derive\"] }\ntracing = \"0.1\"\n",
        source: modyne,
    },
    Way { name: "monotable", dependencies: "monotable = { path = \"RUNTIME\" }\n", source: monotable },
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/compile-time");
    let mut crates = Vec::new();
    for size in SIZES {
        for way in &WAYS {
            let folder = root.join(format!("{}-{size}", way.name));
            write_crate(&folder, way, size)?;
            println!("compiling the dependencies of {} {size} …", way.name);
            check(&folder)?;
            crates.push((way.name, size, folder, [Vec::new(), Vec::new()]));
        }
    }
    for _ in 0..ROUNDS {
        for (_, _, folder, times) in &mut crates {
            forget(folder)?;
            for times in times {
                let source = folder.join("src/lib.rs");
                std::fs::write(&source, std::fs::read_to_string(&source)? + "\n")?;
                times.push(check(folder)?);
            }
        }
    }
    print(&crates);
    Ok(())
}

/// The times from nothing, and the times after a change.
type Measured = (&'static str, usize, PathBuf, [Vec<Duration>; 2]);

/// Throws away what incremental compilation knows of the crate.
fn forget(folder: &Path) -> std::io::Result<()> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
    for entry in std::fs::read_dir(folder.join("../target/debug/incremental"))? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&format!("{name}-")) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn print(crates: &[Measured]) {
    println!("\n`cargo check` of one crate, seconds, {ROUNDS} rounds in turn");
    for (which, title) in
        ["from nothing", "after a change that leaves all items as they were"].iter().enumerate()
    {
        println!("\n{title}");
        print_times(crates, which);
    }
}

fn print_times(crates: &[Measured], which: usize) {
    println!("  {:<12} {:>8} {:>8} {:>8} {:>10}", "", "entities", "min", "median", "of modyne");
    for (name, size, _, times) in crates {
        let times = &times[which];
        let base = crates.iter().find(|(other, of, ..)| *other == "modyne" && of == size);
        let ratio = base.map_or(1.0, |(.., base)| median(times) / median(&base[which]));
        let min = times.iter().min().map_or(0.0, Duration::as_secs_f64);
        println!("  {name:<12} {size:>8} {min:>8.2} {:>8.2} {ratio:>10.2}", median(times));
    }
}

fn median(times: &[Duration]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).map_or(0.0, Duration::as_secs_f64)
}

fn check(folder: &Path) -> Result<Duration, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("../target"))
        .stdin(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(format!("{} does not compile", folder.display()).into());
    }
    Ok(start.elapsed())
}

fn write_crate(folder: &Path, way: &Way, size: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(folder.join("src"))?;
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime");
    let manifest = format!(
        "[package]\nname = \"{}-{size}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n{}",
        way.name,
        way.dependencies.replace("RUNTIME", runtime)
    );
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(folder.join("src/lib.rs"), (way.source)(size))
}

const FIELDS: &str = "{ pub customer: String, pub number: u64, pub status: String, pub placed_on: String, \
     pub region: String, pub total: u64 }";

fn serde_alone(size: usize) -> String {
    let mut source = String::new();
    for n in 0..size {
        let _ = writeln!(
            source,
            "#[derive(serde::Serialize, serde::Deserialize, Debug, Clone)]\npub struct E{n} {FIELDS}"
        );
    }
    source
}

fn monotable(size: usize) -> String {
    let variants: String = (0..size).map(|n| format!("E{n}(E{n}),")).collect();
    let mut source = format!(
        "use monotable::{{Entity, Table}};\n#[derive(Table)]\n\
         #[table(name = \"shop\", index(Gsi1, pk = \"GSI1PK\", sk = \"GSI1SK\"), index(Gsi2, pk = \"GSI2PK\", sk = \"GSI2SK\"))]\n\
         pub enum Shop {{ {variants} }}\n"
    );
    for n in 0..size {
        let _ = writeln!(
            source,
            "#[derive(Entity, serde::Serialize, serde::Deserialize, Debug, Clone)]\n\
             #[entity(table = Shop, pk = \"CUSTOMER#{{customer}}\", sk = \"E{n}#{{number}}\")]\n\
             #[entity(index(Gsi1, pk = \"E{n}#STATUS#{{status}}\", sk = \"{{placed_on}}\", query = by_status))]\n\
             #[entity(index(Gsi2, pk = \"E{n}#REGION#{{region}}\", sk = \"{{number}}#{{placed_on}}\", query = by_region))]\n\
             pub struct E{n} {FIELDS}\n\
             pub fn ask{n}(shop: &monotable::Handle<Shop>) {{\n\
             \x20   let _ = shop.query(E{n}::by_status(\"open\").placed_on_from(\"2026\"));\n\
             \x20   let _ = shop.query(E{n}::by_region(\"eu\").number(7u64));\n}}"
        );
    }
    source
}

fn modyne(size: usize) -> String {
    let mut source = String::from(
        "use modyne::{Entity, EntityDef, QueryInput, QueryInputExt, Table, expr::KeyCondition};\n\
         use modyne::keys::{FullKey, Gsi1, Gsi2, Primary};\n\
         pub struct Shop { name: String, client: aws_sdk_dynamodb::Client }\n\
         impl Table for Shop {\n    type PrimaryKey = Primary;\n    type IndexKeys = (Gsi1, Gsi2);\n\
         \x20   fn table_name(&self) -> &str { &self.name }\n\
         \x20   fn client(&self) -> &aws_sdk_dynamodb::Client { &self.client }\n}\n",
    );
    for n in 0..size {
        let _ = writeln!(
            source,
            "#[derive(EntityDef, serde::Serialize, serde::Deserialize, Debug, Clone)]\n\
             pub struct E{n} {FIELDS}\n\
             impl Entity for E{n} {{\n    type KeyInput<'a> = (&'a str, u64);\n    type Table = Shop;\n\
             \x20   type IndexKeys = (Gsi1, Gsi2);\n\
             \x20   fn primary_key((customer, number): Self::KeyInput<'_>) -> Primary {{\n\
             \x20       Primary {{ hash: format!(\"CUSTOMER#{{customer}}\"), range: format!(\"E{n}#{{number:020}}\") }}\n    }}\n\
             \x20   fn full_key(&self) -> FullKey<Primary, Self::IndexKeys> {{\n\
             \x20       FullKey {{ primary: Self::primary_key((&self.customer, self.number)), indexes: (\n\
             \x20           Gsi1 {{ hash: format!(\"E{n}#STATUS#{{}}\", self.status), range: self.placed_on.clone() }},\n\
             \x20           Gsi2 {{ hash: format!(\"E{n}#REGION#{{}}\", self.region), range: format!(\"{{:020}}#{{}}\", self.number, self.placed_on) }},\n\
             \x20       ) }}\n    }}\n}}\n\
             pub struct E{n}ByStatus<'a> {{ pub status: &'a str, pub from: &'a str }}\n\
             impl QueryInput for E{n}ByStatus<'_> {{\n    type Index = Gsi1;\n    type Aggregate = Vec<E{n}>;\n\
             \x20   fn key_condition(&self) -> KeyCondition<Gsi1> {{\n\
             \x20       KeyCondition::in_partition(format!(\"E{n}#STATUS#{{}}\", self.status)).greater_than_or_equal(self.from)\n    }}\n}}\n\
             pub struct E{n}ByRegion<'a> {{ pub region: &'a str, pub number: u64 }}\n\
             impl QueryInput for E{n}ByRegion<'_> {{\n    type Index = Gsi2;\n    type Aggregate = Vec<E{n}>;\n\
             \x20   fn key_condition(&self) -> KeyCondition<Gsi2> {{\n\
             \x20       KeyCondition::in_partition(format!(\"E{n}#REGION#{{}}\", self.region)).begins_with(format!(\"{{:020}}#\", self.number))\n    }}\n}}\n\
             pub fn ask{n}() {{\n    let _ = E{n}ByStatus {{ status: \"open\", from: \"2026\" }}.query();\n\
             \x20   let _ = E{n}ByRegion {{ region: \"eu\", number: 7 }}.query();\n}}"
        );
    }
    source
}
