// pub struct CustomerId(String);

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
    const _: () = ::monotable::__private::assert_key_part::<String>();
    #[automatically_derived]
    impl ::monotable::KeyPart for CustomerId {
        const LANGUAGE: ::monotable::key::Language = <String as ::monotable::KeyPart>::LANGUAGE;
        const KEEPS_ORDER: bool = <String as ::monotable::KeyPart>::KEEPS_ORDER;
        const NATIVE: ::core::option::Option<::monotable::KeyType> = <String as ::monotable::KeyPart>::NATIVE;
        fn native(
            &self,
        ) -> ::core::result::Result<::monotable::KeyValue, ::monotable::PartRule> {
            <String as ::monotable::KeyPart>::native(&self.0)
        }
        fn from_native(
            __value: ::monotable::KeyValue,
        ) -> ::core::result::Result<Self, ::monotable::PartRule> {
            <String as ::monotable::KeyPart>::from_native(__value).map(CustomerId)
        }
        fn encode(
            &self,
            __out: &mut ::monotable::KeyText,
        ) -> ::core::result::Result<(), ::monotable::PartRule> {
            <String as ::monotable::KeyPart>::encode(&self.0, __out)
        }
        fn decode(
            __text: &::core::primitive::str,
            __delimiter: char,
        ) -> ::core::result::Result<Self, ::monotable::PartRule> {
            <String as ::monotable::KeyPart>::decode(__text, __delimiter).map(CustomerId)
        }
    }
    #[automatically_derived]
    impl ::monotable::key::Newtype for CustomerId
    where
        for<'__a> Self: ::monotable::KeyPart,
    {
        type Inner = String;
        fn inner(&self) -> &String {
            &self.0
        }
        fn from_inner(
            __inner: String,
        ) -> ::core::result::Result<Self, ::monotable::PartRule> {
            ::core::result::Result::Ok(CustomerId(__inner))
        }
    }
};
