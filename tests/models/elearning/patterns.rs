//! The twenty patterns, with the published samples and near misses of other users, courses and tenants.

use monotable_tests::open;
use serde::de::DeserializeOwned;
use serde_json::json as value;

use super::*;
use crate::patterns::{Patterns, put_all, ran};

fn published<E: DeserializeOwned>(name: &str) -> Option<E> {
    let mut sample = json("elearning_usage_data.json")?["entities"][name]["sample_data"].take();
    // What is not there is not stored as null.
    sample.as_object_mut().expect("fields").retain(|_, value| !value.is_null());
    Some(serde_json::from_value(sample).expect(name))
}

/// As long as a text of a page or two, so that reading too much costs more.
fn long() -> Rest {
    Rest::from_iter([("description".to_owned(), value!("x".repeat(3000)))])
}

fn other_user(user: &TenantUser) -> TenantUser {
    TenantUser { user_id: format!("{}0", user.user_id), rest: long(), ..user.clone() }
}

#[tokio::test]
async fn access_patterns() {
    let mut patterns = Patterns::of("mcp_elearning", "Multi-tenant e-learning (awslabs MCP fixture)");
    let table = open::<Platform>().await;
    if of_tenants(&table, &mut patterns).await.is_none() {
        return patterns.skip();
    }
    of_courses(&table, &mut patterns).await;
    of_users(&table, &mut patterns).await;
    patterns.finish();
}

async fn of_tenants(table: &Handle<Platform>, patterns: &mut Patterns) -> Option<()> {
    let organization: TenantOrganization = published("TenantOrganization")?;
    let elsewhere =
        TenantOrganization { tenant_id: format!("{}0", organization.tenant_id), ..organization.clone() };
    put_all(table, &[elsewhere]).await;
    let create = ran!(14, "create_tenant_organization", table.insert(&organization));
    patterns.wrote(create, &organization, 0);
    let get = ran!(13, "get_tenant_organization", table.get(organization.key()));
    patterns.got(get, &organization);

    let user: TenantUser = published("TenantUser")?;
    put_all(table, &[other_user(&user)]).await;
    patterns.wrote(ran!(19, "create_tenant_user", table.insert(&user)), &user, 0);
    patterns.got(ran!(18, "get_tenant_user", table.get(user.key())), &user);
    let promoted = ran!(
        20,
        "update_user_profile",
        table.update(user.key()).set(TenantUser::JOB_TITLE, "Architect").returning_new()
    );
    let expected = TenantUser { job_title: Some("Architect".into()), ..user };
    assert_eq!(patterns.written(promoted, 1.0), expected);
    Some(())
}

async fn of_courses(table: &Handle<Platform>, patterns: &mut Patterns) -> Option<()> {
    let course: TenantCourse = published("TenantCourse")?;
    patterns.wrote(ran!(5, "create_tenant_course", table.insert(&course)), &course, 0);
    patterns.got(ran!(4, "get_tenant_course", table.get(course.key())), &course);
    let renamed = ran!(
        6,
        "update_course_details",
        table.update(course.key()).set(TenantCourse::TITLE, "JavaScript").returning_new()
    );
    assert_eq!(patterns.written(renamed, 1.0), TenantCourse { title: "JavaScript".into(), ..course });

    let lesson: TenantLesson = published("TenantLesson")?;
    let later = |lesson_order| TenantLesson {
        lesson_order,
        lesson_id: format!("lesson-{lesson_order}"),
        rest: long(),
        ..lesson.clone()
    };
    let elsewhere = TenantLesson { course_id: format!("{}0", lesson.course_id), ..later(1) };
    put_all(table, &[later(10), later(2), elsewhere]).await;
    patterns.wrote(ran!(12, "create_course_lesson", table.insert(&lesson)), &lesson, 0);
    patterns.got(ran!(11, "get_specific_lesson", table.get(lesson.key())), &lesson);
    let (tenant, of_course) = (&lesson.tenant_id, &lesson.course_id);
    let lessons = ran!(10, "get_course_lessons", table.query(TenantLesson::of_course(tenant, of_course)));
    patterns.found(lessons, &[lesson.clone(), later(2), later(10)]);
    Some(())
}

async fn of_users(table: &Handle<Platform>, patterns: &mut Patterns) -> Option<()> {
    let certificate: TenantCertificate = published("TenantCertificate")?;
    let (tenant, user) = (&certificate.tenant_id, &certificate.user_id);
    let issue = ran!(2, "issue_course_certificate", table.insert(&certificate));
    patterns.wrote(issue, &certificate, 0);
    patterns.got(ran!(3, "verify_certificate", table.get(certificate.key())), &certificate);

    let enrollment: TenantEnrollment = published("TenantEnrollment")?;
    let second = TenantEnrollment { course_id: "course-2".into(), rest: long(), ..enrollment.clone() };
    put_all(table, &[second.clone(), TenantEnrollment { user_id: format!("{user}0"), ..second.clone() }])
        .await;
    patterns.wrote(ran!(8, "enroll_user_in_course", table.insert(&enrollment)), &enrollment, 0);
    let enrollments = ran!(7, "get_user_enrollments", table.query(TenantEnrollment::of_user(tenant, user)));
    patterns.found(enrollments, &[enrollment.clone(), second]);
    let advanced = ran!(
        9,
        "update_enrollment_progress",
        table
            .update(enrollment.key())
            .set(TenantEnrollment::PROGRESS_PERCENTAGE, 80)
            .set(TenantEnrollment::CURRENT_LESSON, "lesson-4")
            .returning_new()
    );
    let (progress_percentage, current_lesson) = (Some(80), Some("lesson-4".to_owned()));
    let expected = TenantEnrollment { progress_percentage, current_lesson, ..enrollment.clone() };
    assert_eq!(patterns.written(advanced, 1.0), expected);
    // After the enrolments of the same partition, which are long.
    let certificates =
        ran!(1, "get_user_certificates", table.query(TenantCertificate::of_user(tenant, user)));
    patterns.found(certificates, from_ref(&certificate));

    let progress: TenantProgress = published("TenantProgress")?;
    let again = |attempt_date, course: &str| {
        let course_id = course.to_owned();
        TenantProgress { attempt_date, course_id, rest: long(), ..progress.clone() }
    };
    let (date, course) = (progress.attempt_date, &progress.course_id);
    put_all(table, &[again(date + 9, course), again(date + 8, course), again(date, "course-2")]).await;
    patterns.wrote(ran!(16, "record_lesson_progress", table.insert(&progress)), &progress, 0);
    let attempts = ran!(
        15,
        "get_user_course_progress",
        table.query(TenantProgress::of_user_in_course(tenant, user, course))
    );
    patterns.found(attempts, &[progress.clone(), again(date + 8, course), again(date + 9, course)]);
    let completed = ran!(
        17,
        "update_lesson_progress",
        table
            .update(progress.key())
            .set(TenantProgress::COMPLETION_STATUS, "completed")
            .add(TenantProgress::TIME_SPENT_MINUTES, 15)
            .returning_new()
    );
    let completion_status = Some("completed".to_owned());
    let time_spent_minutes = Some(progress.time_spent_minutes.unwrap_or(0) + 15);
    let expected = TenantProgress { completion_status, time_spent_minutes, ..progress.clone() };
    assert_eq!(patterns.written(completed, 1.0), expected);
    Some(())
}
