// #[table(name = "shop", index(Gsi1, pk = "GSI1PK", sk = "GSI1SK"))]
// pub enum Shop {
//     Customer(Customer),
//     Order(Order),
// }

///Index `Gsi1` of table [`Shop`]: its key is `GSI1PK` and `GSI1SK`.
#[derive(::core::fmt::Debug, ::core::clone::Clone, ::core::marker::Copy)]
pub struct Gsi1;
#[doc(hidden)]
#[allow(unused_macros)]
macro_rules! __monotable_Gsi1 {
    ($($entity:tt)*) => {
        ::monotable::__private::natural_index! { Overloaded["GSI1PK"] ["GSI1SK"]
        $($entity)* }
    };
}
#[doc(hidden)]
#[allow(unused_imports)]
pub(crate) use __monotable_Gsi1 as Gsi1;
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
    impl ::monotable::StoresWholeItems for Gsi1 {}
    #[automatically_derived]
    impl ::monotable::__private::Stores for Gsi1 {
        type What = ::monotable::__private::WholeItems;
    }
    #[automatically_derived]
    impl ::monotable::__private::IndexOf<Shop> for Gsi1 {}
    #[automatically_derived]
    impl ::monotable::Index for Gsi1 {
        type Table = Shop;
        const NAME: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "Gsi1",
        );
        const NUMBER: usize = 1usize;
        const PARTITION_KEY: &'static [::monotable::KeyAttribute] = &[
            ::monotable::KeyAttribute::new("GSI1PK", ::monotable::KeyType::Text),
        ];
        const SORT_KEY: &'static [::monotable::KeyAttribute] = &[
            ::monotable::KeyAttribute::new("GSI1SK", ::monotable::KeyType::Text),
        ];
    }
    #[automatically_derived]
    impl ::monotable::InTable<Shop> for Customer {}
    #[automatically_derived]
    impl ::core::convert::From<Customer> for Shop {
        fn from(entity: Customer) -> Self {
            Shop::Customer(entity)
        }
    }
    #[automatically_derived]
    impl ::monotable::InTable<Shop> for Order {}
    #[automatically_derived]
    impl ::core::convert::From<Order> for Shop {
        fn from(entity: Order) -> Self {
            Shop::Order(entity)
        }
    }
    const _: () = {
        let _: () = <<Customer as ::monotable::Entity>::Table as ::monotable::__private::SameTable<
            Shop,
            Customer,
        >>::HOLDS;
        let _: () = <<Order as ::monotable::Entity>::Table as ::monotable::__private::SameTable<
            Shop,
            Order,
        >>::HOLDS;
    };
    const _: fn(&Shop) = |__item| match __item {
        Shop::Customer(__entity) => {
            let _ = __entity;
        }
        Shop::Order(__entity) => {
            let _ = __entity;
        }
    };
    #[automatically_derived]
    impl<__E> ::monotable::__private::SameTable<Self, __E> for Shop {}
    #[automatically_derived]
    impl ::monotable::Table for Shop {
        const NAME: &'static str = "shop";
        const PARTITION_KEY: &'static str = "PK";
        const SORT_KEY: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "SK",
        );
        const PARTITION_KEY_TYPE: ::monotable::KeyType = ::monotable::KeyType::Text;
        const SORT_KEY_TYPE: ::monotable::KeyType = ::monotable::KeyType::Text;
        const TYPE_ATTRIBUTE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "_type",
        );
        const DELIMITER: char = '#';
        const INDEXES: &'static [::monotable::IndexModel] = &[
            ::monotable::IndexModel::new(
                "Gsi1",
                ::monotable::IndexKind::Overloaded,
                &[::monotable::KeyAttribute::new("GSI1PK", ::monotable::KeyType::Text)],
                &[::monotable::KeyAttribute::new("GSI1SK", ::monotable::KeyType::Text)],
                ::monotable::IndexProjection::All,
            ),
        ];
        const ENTITIES: &'static [::monotable::EntityModel] = &[
            <Customer as ::monotable::Entity>::MODEL,
            <Order as ::monotable::Entity>::MODEL,
        ];
        const KEYS: ::monotable::__private::TableKeys = ::monotable::__private::TableKeys {
            name: "Shop",
            indexes: &["Gsi1"],
            entities: &[
                <Customer as ::monotable::Entity>::MODEL.entity_keys(),
                <Order as ::monotable::Entity>::MODEL.entity_keys(),
            ],
        };
        const GLANCES: &'static [::monotable::__private::Glance] = &::monotable::__private::glances::<
            4usize,
        >(&Self::KEYS);
    }
    #[automatically_derived]
    impl ::monotable::FromItem for Shop {
        type Table = Shop;
        const LABEL: &'static str = "Shop";
        fn from_reader(
            __item: &mut ::monotable::__private::ItemReader<'_, '_>,
        ) -> ::core::result::Result<Self, ::monotable::ItemError> {
            match &*::monotable::__private::item_type::<Shop>(__item)? {
                __found if __found
                    == <Customer as ::monotable::Entity>::MODEL.type_name => {
                    ::monotable::__private::decode::<Customer>(__item)
                        .map(Shop::Customer)
                }
                __found if __found == <Order as ::monotable::Entity>::MODEL.type_name => {
                    ::monotable::__private::decode::<Order>(__item).map(Shop::Order)
                }
                __found => {
                    ::core::result::Result::Err(
                        ::monotable::__private::unknown_type::<
                            Shop,
                        >(::core::option::Option::Some(__found)),
                    )
                }
            }
        }
    }
    const _: () = if let ::core::option::Option::Some(__message) = ::monotable::__private::check_entity::<
        Shop,
    >(0usize) {
        ::core::panic!("{}", __message.as_str())
    } else if let ::core::option::Option::Some(__report) = ::monotable::__private::prove_entity::<
        Shop,
    >(0usize) {
        ::core::panic!("{}", __report.as_str())
    };
    const _: () = if let ::core::option::Option::Some(__message) = ::monotable::__private::check_entity::<
        Shop,
    >(1usize) {
        ::core::panic!("{}", __message.as_str())
    } else if let ::core::option::Option::Some(__report) = ::monotable::__private::prove_entity::<
        Shop,
    >(1usize) {
        ::core::panic!("{}", __report.as_str())
    };
};
