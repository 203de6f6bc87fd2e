// #[serde(rename_all = "kebab-case")]
// enum Status {
//     Open,
//     PartlyPaid,
//     #[key(rename = "done")]
//     Paid,
// }

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    deprecated,
    non_upper_case_globals,
    single_use_lifetimes,
    unused_qualifications,
)]
const _: () = {
    #[automatically_derived]
    impl ::monotable::key::Stored for Status {
        const TYPE: ::monotable::KeyType = ::monotable::KeyType::Text;
        const AS_IN_KEYS: ::core::primitive::bool = false;
    }
    #[automatically_derived]
    impl ::monotable::KeyPart for Status {
        const LANGUAGE: ::monotable::key::Language = ::monotable::key::Language::Words(
            &["open", "partly-paid", "done"],
        );
        fn encode(
            &self,
            __out: &mut ::monotable::KeyText,
        ) -> ::core::result::Result<(), ::monotable::PartRule> {
            __out
                .push_str(
                    match self {
                        Status::Open => "open",
                        Status::PartlyPaid => "partly-paid",
                        Status::Paid => "done",
                    },
                );
            ::core::result::Result::Ok(())
        }
        fn decode(
            __text: &::core::primitive::str,
            _: char,
        ) -> ::core::result::Result<Self, ::monotable::PartRule> {
            match __text {
                "open" => ::core::result::Result::Ok(Status::Open),
                "partly-paid" => ::core::result::Result::Ok(Status::PartlyPaid),
                "done" => ::core::result::Result::Ok(Status::Paid),
                _ => {
                    ::core::result::Result::Err(::monotable::PartRule::NotOfThisForm {
                        expected: "the key text of a variant of `Status`",
                    })
                }
            }
        }
    }
};
