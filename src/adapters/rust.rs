//! An adapter for a function in Rust, with serde_json. In your crate, copy it to `examples/pycache-adapter.rs`:
//!
//!     cargo add --dev serde_json
//!     cargo build --example pycache-adapter
//!     npx pycache-spec check -- target/debug/examples/pycache-adapter

use serde_json::{json, Value};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

// The function to check: call your own instead, and describe its domain below.

/// The bytecode file of a source file; None if the path has no file name.
fn cache_path(source: &Path, tag: &str, level: u64) -> Option<PathBuf> {
    let stem = source.file_stem()?.to_str()?;
    let segment = match level {
        0 => String::new(),
        _ => format!(".opt-{level}"),
    };
    let name = format!("{stem}.{tag}{segment}.pyc");
    Some(source.parent()?.join("__pycache__").join(name))
}

fn hello() -> Value {
    json!({
        "protocol": 1,
        "implementation": {"name": "my tool", "version": "1.0", "language": "Rust"},
        // The CPython release and the platform whose paths the function computes.
        "python": "3.13.0",
        "platform": "posix",
        "supports": ["optimization", "cache_tag"],
        "fixed": {"optimize": 0},
        // Suitable for an installer: normalized absolute paths of .py files, none of them in the root.
        "domain": {
            "path": {"suffixes": [".py"], "form": "absolute", "normalized": true, "nested": true},
            "optimization": ["", 1, 2],
            "cache_tag": ["cpython-312", "cpython-313", "cpython-314", "pypy311"],
            "characters": "text"
        }
    })
}

/// The outcome of a call.
fn outcome(call: &Value) -> Option<Value> {
    let source = Path::new(call["args"][0].as_str()?);
    let tag = call["env"]["cache_tag"].as_str()?;
    // Without optimization, Python gets the empty text, and the function gets 0.
    let level = call["kwargs"]["optimization"].as_u64().unwrap_or(0);
    Some(match cache_path(source, tag, level) {
        Some(path) => json!({"return": path.to_str()?}),
        // Errors that Python also raises must have Python's name.
        None => json!({"raise": "ValueError"}),
    })
}

// The protocol: one line per request, and one line per reply.

fn main() -> io::Result<()> {
    let mut replies = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let reply = match request["op"].as_str() {
            Some("hello") => hello(),
            Some("call") => {
                let calls = request["calls"].as_array().into_iter().flatten();
                let outcomes: Vec<Value> = calls
                    .map(|call| {
                        outcome(call)
                            .unwrap_or_else(|| json!({"error": "not a call of the domain"}))
                    })
                    .collect();
                json!({"seq": request["seq"], "outcomes": outcomes})
            }
            _ => break,
        };
        writeln!(replies, "{reply}")?;
        replies.flush()?;
    }
    Ok(())
}
