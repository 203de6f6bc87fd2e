//! The e-learning platform of AWS's MCP server: seven entities, each tenant's in partitions of its own.
//!
//! What is declared otherwise than published: the order of a lesson is padded. Unpadded, as in
//! `LESSON#10#..`, lesson 10 comes before lesson 2. Dates are seconds since 1970: they are written with ten
//! digits, which the published ones have.

mod patterns;

use std::slice::from_ref;

use monotable::{Entity, Handle, Table};
use monotable_tests::open;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::published::{Published, json, key_of};

/// The attributes that no key needs.
type Rest = serde_json::Map<String, serde_json::Value>;

#[derive(Table, Debug)]
#[table(name = "ELearningPlatform", pk = "pk", sk = "sk", type = "entity_type")]
#[expect(clippy::enum_variant_names, reason = "the names are the published ones")]
enum Platform {
    TenantOrganization(TenantOrganization),
    TenantUser(TenantUser),
    TenantCourse(TenantCourse),
    TenantLesson(TenantLesson),
    TenantEnrollment(TenantEnrollment),
    TenantProgress(TenantProgress),
    TenantCertificate(TenantCertificate),
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "ORGANIZATION", pk = "TENANT#{tenant_id}", sk = "ORG#PROFILE")]
struct TenantOrganization {
    tenant_id: String,
    organization_name: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "USER", pk = "TENANT#{tenant_id}#USER#{user_id}", sk = "USER#PROFILE")]
struct TenantUser {
    tenant_id: String,
    user_id: String,
    email: String,
    last_login: Option<u64>,
    job_title: Option<String>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "COURSE", pk = "TENANT#{tenant_id}#COURSE#{course_id}", sk = "COURSE#DETAILS")]
struct TenantCourse {
    tenant_id: String,
    course_id: String,
    title: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "LESSON", query = of_course)]
#[entity(pk = "TENANT#{tenant_id}#COURSE#{course_id}", sk = "LESSON#{lesson_order:03}#{lesson_id}")]
struct TenantLesson {
    tenant_id: String,
    course_id: String,
    lesson_order: u32,
    lesson_id: String,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "ENROLLMENT", query = of_user)]
#[entity(pk = "TENANT#{tenant_id}#USER#{user_id}", sk = "ENROLLMENT#{course_id}#{enrollment_date:010}")]
struct TenantEnrollment {
    tenant_id: String,
    user_id: String,
    course_id: String,
    enrollment_date: u64,
    progress_percentage: Option<u8>,
    current_lesson: Option<String>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "PROGRESS", query = of_user_in_course)]
#[entity(
    pk = "TENANT#{tenant_id}#USER#{user_id}#COURSE#{course_id}",
    sk = "PROGRESS#{lesson_id}#{attempt_date:010}"
)]
struct TenantProgress {
    tenant_id: String,
    user_id: String,
    course_id: String,
    lesson_id: String,
    attempt_date: u64,
    completion_status: Option<String>,
    time_spent_minutes: Option<u32>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Entity, Serialize, Deserialize, Debug, Clone, PartialEq)]
#[entity(table = Platform, type = "CERTIFICATE", query = of_user)]
#[entity(pk = "TENANT#{tenant_id}#USER#{user_id}", sk = "CERT#{course_id}#{issued_date:010}")]
struct TenantCertificate {
    tenant_id: String,
    user_id: String,
    course_id: String,
    issued_date: u64,
    #[serde(flatten)]
    rest: Rest,
}

/// The published sample of an entity, and its published key.
fn sample<E: DeserializeOwned>(published: &Published, name: &str) -> Option<(E, (String, String))> {
    let file = json("elearning_usage_data.json")?;
    let entity = serde_json::from_value(file["entities"][name]["sample_data"].clone()).expect(name);
    published.mark(&[&format!("{name} (table ELearningPlatform)")]);
    let row = published.samples.iter().find(|row| row["entity"] == name).expect("a sample row");
    Some((entity, (row["pk"].clone(), row["sk"].clone())))
}

fn has_published_key<E: Entity + DeserializeOwned>(published: &Published, name: &str) {
    let Some((entity, key)) = sample::<E>(published, name) else { return };
    assert_eq!(key_of(&entity), key, "{name}");
}

#[test]
fn keys_are_the_published_ones_but_for_lessons() {
    let Some(published) = Published::read("mcp_elearning") else { return };
    has_published_key::<TenantOrganization>(&published, "TenantOrganization");
    has_published_key::<TenantUser>(&published, "TenantUser");
    has_published_key::<TenantCourse>(&published, "TenantCourse");
    has_published_key::<TenantEnrollment>(&published, "TenantEnrollment");
    has_published_key::<TenantProgress>(&published, "TenantProgress");
    has_published_key::<TenantCertificate>(&published, "TenantCertificate");
    let Some((lesson, (partition, sort))) = sample::<TenantLesson>(&published, "TenantLesson") else {
        return;
    };
    assert_eq!(sort, "LESSON#1#lesson-33333");
    assert_eq!(key_of(&lesson), (partition, "LESSON#001#lesson-33333".into()));
    published.is_complete();
}

#[tokio::test]
async fn lessons_come_in_their_order() {
    let table = open::<Platform>().await;
    let lesson = |lesson_order: u32| TenantLesson {
        tenant_id: "t".into(),
        course_id: "c".into(),
        lesson_order,
        lesson_id: format!("lesson-{lesson_order}"),
        rest: Rest::new(),
    };
    for order in [10, 2, 1] {
        table.put(&lesson(order)).await.expect("a put");
    }
    let lessons = table.query(TenantLesson::of_course("t", "c")).await.expect("a query");
    assert_eq!(*lessons, [1, 2, 10].map(lesson));
    let first = TenantLesson::of_course("t", "c").lesson_order_until(2u32);
    assert_eq!(*table.query(first).await.expect("a query"), [1, 2].map(lesson));
}

/// `get_user_certificates` is published as the whole partition of the user, profile and enrolments too.
#[tokio::test]
async fn certificates_of_a_user_are_certificates_alone() {
    let table = open::<Platform>().await;
    let (tenant_id, user_id, course_id) = (|| "t".to_owned(), || "u".to_owned(), || "c".to_owned());
    let user = TenantUser {
        tenant_id: tenant_id(),
        user_id: user_id(),
        email: "u@t".into(),
        job_title: None,
        last_login: None,
        rest: Rest::new(),
    };
    table.put(&user).await.expect("a put");
    let (tenant_id, user_id, course_id) = (tenant_id(), user_id(), course_id());
    let certificate =
        TenantCertificate { tenant_id, user_id, course_id, issued_date: 1_705_737_600, rest: Rest::new() };
    table.put(&certificate).await.expect("a put");
    let found = table.query(TenantCertificate::of_user("t", "u")).await.expect("a query");
    assert_eq!(*found, from_ref(&certificate));
    let since = TenantCertificate::of_user("t", "u").course_id("c").issued_date_from(1_700_000_000u64);
    assert_eq!(*table.query(since).await.expect("a query"), [certificate]);
}
