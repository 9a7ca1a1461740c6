//! A folder to EPUBs, with a line for each failure: `cargo run --example batch -- input /tmp/books`.

use fanfold::Converter;
use fanfold::batch::{Batch, Event, Output, Sources, Status};
use fanfold::job::Settings;
use std::env;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = env::args().skip(1);
    let input = args.next().unwrap_or("input".into());
    let output = args.next().unwrap_or("target/examples/books".into());

    let settings = Settings::new(Converter::default(), &["epub"])?;
    let sources =
        Sources::new(vec![input.into()], settings.converter.registry(), false, &[], &["*.md".into()])?;
    let mut batch = Batch::new(settings, sources, Output::Folder(output.into()));
    batch.resume = true;

    let summary = batch.run(&mut |event| {
        if let Event::Finished(row) = event
            && row.status == Status::Failed
        {
            eprintln!("{}: {}", row.id, row.error.as_deref().unwrap_or_default());
        }
    })?;
    println!("{} done, {} unchanged, {} failed", summary.done, summary.unchanged, summary.failed);
    Ok(if summary.is_complete() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
