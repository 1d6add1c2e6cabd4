//! The published schemas, and that reports keep to them; each schema is shown to refuse a report that is spoilt.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pledgebook::diagnostic::{gitlab, junit, sarif};
use pledgebook::pipeline;
use serde_json::{Value, json};
use xsd_schema::validation::{CollectingValidationSink, SchemaValidator, ValidationFlags, drive_quick_xml};
use xsd_schema::{SchemaSet, load_and_process_schema};

use crate::oddities::{odd, report_of};

fn schema(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/schemas").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json_schema(name: &str) -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(&schema(name)).unwrap()).unwrap()
}

/// Says what a JSON schema objects to.
fn faults(schema: &jsonschema::Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Says what a schema of XML objects to.
fn faults_of_xml(name: &str, document: &str) -> Vec<String> {
    let mut set = SchemaSet::new();
    load_and_process_schema(schema(name).as_bytes(), name, &mut set, None).unwrap();
    let validator = SchemaValidator::new(&set, ValidationFlags::default());
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    let mut run = validator.start_run(CollectingValidationSink { errors: &mut errors, warnings: &mut warnings });
    let driven = drive_quick_xml(document.as_bytes(), &mut run, &set);
    drop(run);
    let unreadable = driven.err().map(|error| error.to_string());
    errors.iter().map(ToString::to_string).chain(unreadable).collect()
}

/// Gives the reports of the odd findings, of none, and of the shipped handbook.
fn printed<T>(print: impl Fn(&pledgebook::diagnostic::report::Report) -> T) -> Vec<T> {
    let (tree, found) = odd();
    let looked = pipeline::look(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    [report_of(&found, &tree), report_of(&[], &tree), report_of(&looked.diagnostics, &looked.tree)]
        .iter()
        .map(print)
        .collect()
}

#[test]
fn sarif_keeps_to_the_schema_of_oasis() {
    let schema = json_schema("sarif-schema-2.1.0.json");
    for text in printed(sarif::print) {
        assert_eq!(faults(&schema, &serde_json::from_str(&text).unwrap()), [""; 0]);
    }
}

#[test]
fn the_schema_of_sarif_refuses_what_is_spoilt() {
    let schema = json_schema("sarif-schema-2.1.0.json");
    let (tree, found) = odd();
    let good: Value = serde_json::from_str(&sarif::print(&report_of(&found, &tree))).unwrap();
    for (pointer, wrong) in [
        ("/version", json!("2.0.0")),
        ("/runs/0/columnKind", json!("letters")),
        ("/runs/0/tool/driver/name", json!(1)),
        ("/runs/0/results/1/level", json!("info")),
        ("/runs/0/results/1/locations/0/physicalLocation/region", json!({"startLine": 0})),
        ("/runs/0/results/1/message", json!("a text alone")),
        ("/runs/0/results/1/partialFingerprints/finding~1v1", json!(1)),
    ] {
        let mut spoilt = good.clone();
        *spoilt.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = wrong;
        assert_ne!(faults(&schema, &spoilt), [""; 0], "{pointer}");
    }
}

#[test]
fn addresses_in_sarif_are_relative_references_of_plain_letters() {
    let (tree, found) = odd();
    let log: Value = serde_json::from_str(&sarif::print(&report_of(&found, &tree))).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let address = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._~%".contains(&byte)), "{address}");
        assert!(!address.starts_with('/'), "{address}");
    }
}

#[test]
fn a_code_quality_report_keeps_to_the_schema_of_gitlab() {
    let schema = json_schema("codeclimate.json");
    for text in printed(gitlab::print) {
        let issues: Vec<Value> = serde_json::from_str(&text).unwrap();
        let mut fingerprints = BTreeSet::new();
        for issue in &issues {
            assert_eq!(faults(&schema, issue), [""; 0]);
            // What the schema leaves to the documentation.
            assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
            assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line > 0), "{issue}");
            assert!(issue["location"]["path"].is_string() && issue["check_name"].is_string(), "{issue}");
            assert!(fingerprints.insert(issue["fingerprint"].as_str().unwrap()), "told before: {issue}");
        }
    }
    let spoilt = json!({"description": "m", "fingerprint": 1, "location": {"lines": {"begin": "1"}}});
    assert_eq!(faults(&schema, &spoilt).len(), 3);
}

#[test]
fn junit_keeps_to_the_schemas_of_ant_and_of_jenkins() {
    for text in printed(junit::print) {
        for name in ["JUnit.xsd", "junit-10.xsd"] {
            assert_eq!(faults_of_xml(name, &text), [""; 0], "{name}");
        }
    }
}

#[test]
fn the_schemas_of_junit_refuse_what_is_spoilt() {
    let (tree, found) = odd();
    let good = junit::print(&report_of(&found, &tree));
    for (name, from, to) in [
        ("JUnit.xsd", " classname=", " class="),
        ("JUnit.xsd", "<system-out/>", ""),
        ("JUnit.xsd", "2026-11-21T00:00:00", "today"),
        ("JUnit.xsd", "errors=\"0\"", "errors=\"none\""),
        ("JUnit.xsd", "<testsuites>", "<testsuites tests=\"2\">"),
        ("junit-10.xsd", "<failure ", "<failure line=\"1\" "),
        ("junit-10.xsd", "<properties/>", "<property/>"),
        ("junit-10.xsd", "<testcase name=", "<testcase id="),
        ("junit-10.xsd", "</testsuites>", ""),
    ] {
        assert!(good.contains(from), "{from}");
        assert_ne!(faults_of_xml(name, &good.replace(from, to)), [""; 0], "{name}: {from} → {to}");
    }
}
