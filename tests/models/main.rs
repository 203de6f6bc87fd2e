//! The published designs of `../shared/models`: all their keys are declared, and held to the published ones
//! byte for byte, and all their access patterns are run. What a design gets wrong by its own description is declared as it is meant, and said to
//! differ. The online shop has a test of its own, `published`.

mod days;
mod device_log;
mod elearning;
mod gaming_profiles;
mod github;
mod instagram;
mod leaderboard;
#[path = "../vectors/lower_case.rs"]
mod lower_case;
mod order_entry;
mod package_delivery;
mod patterns;
mod prices;
mod published;
mod session_store;
mod shopping_mall;
mod task_manager;
mod user_registration;

#[test]
fn every_design_is_declared() {
    let Some(designs) = published::designs() else { return };
    let declared = [
        "aws_device_state_log",
        "aws_gaming_player_profiles",
        "aws_leaderboard_sharding",
        "aws_online_shop",
        "aws_relational_order_entry",
        "debrie_github",
        "debrie_instagram",
        "debrie_session_store",
        "electrodb_shopping_mall",
        "electrodb_task_manager",
        "mcp_elearning",
        "mcp_gaming_leaderboard",
        "mcp_package_delivery",
        "mcp_user_registration",
    ];
    assert!(designs.iter().eq(declared), "{designs:?}");
    let documentation = std::fs::read_to_string(patterns::documentation()).expect("docs/models.md");
    for design in declared {
        let title = published::page(design).expect("a page").title;
        assert!(documentation.contains(&format!("\n## {title}\n")), "{title:?} is not in docs/models.md");
    }
}
