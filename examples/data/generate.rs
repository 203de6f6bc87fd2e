//! Writes `examples/data/shop.json`, the data of the shop example. Run `cargo run --example generate-shop-data`
//! after a change to the generator.

use std::error::Error;

use monotable_examples::data::generator;

fn main() -> Result<(), Box<dyn Error>> {
    let file = generator::file()?;
    std::fs::write(generator::PATH, &file)?;
    println!("{} items, {} KB: {}", generator::items().len(), file.len() / 1024, generator::PATH);
    Ok(())
}
