// #[entity(table = Shop, pk = "CUSTOMER#{customer_id}", sk = "ORDER#{order_id}")]
// #[entity(index(Gsi1, pk = "STATUS#{status}", sk = "{placed_at}", query = by_status))]
// pub struct Order {
//     pub customer_id: CustomerId,
//     pub order_id: OrderId,
//     pub status: Status,
//     pub placed_at: DateTime<Utc>,
//     pub total_cents: u64,
//     pub note: Option<String>,
// }

///The primary key of [`Order`]: `"CUSTOMER#{customer_id}"`, `"ORDER#{order_id}"`.
pub struct OrderKey {
    ///The `customer_id` of the key.
    pub customer_id: CustomerId,
    ///The `order_id` of the key.
    pub order_id: OrderId,
}
///A query of [`Order`] by `"CUSTOMER#{customer_id}"`; the sort key is `"ORDER#{order_id}"`; see [`Order::by_customer_id`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
pub struct OrderByCustomerId<S = ::monotable::__private::At<0>>(
    ::monotable::__private::Steps<S>,
);
///A query of [`Order`] by `"STATUS#{status}"`; the sort key is `"{placed_at}"`; see [`Order::by_status`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
pub struct OrderByStatus<S = ::monotable::__private::At<0>>(
    ::monotable::__private::Steps<S>,
);
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
    enum CustomerIdPart {}
    impl ::monotable::__private::CanonicalPart for CustomerIdPart {
        const FIELD: &'static ::core::primitive::str = "customer_id";
        type Value = CustomerId;
    }
    enum OrderIdPart {}
    impl ::monotable::__private::CanonicalPart for OrderIdPart {
        const FIELD: &'static ::core::primitive::str = "order_id";
        type Value = OrderId;
    }
    enum StatusPart {}
    impl ::monotable::__private::CanonicalPart for StatusPart {
        const FIELD: &'static ::core::primitive::str = "status";
        type Value = Status;
    }
    enum PlacedAtPart {}
    impl ::monotable::__private::CanonicalPart for PlacedAtPart {
        const FIELD: &'static ::core::primitive::str = "placed_at";
        type Value = DateTime<Utc>;
    }
    const __PARTITION: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::partition(
        <::monotable::Primary<
            <Order as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION_KEY,
        ::monotable::__private::Source {
            text: "CUSTOMER#{customer_id}",
            delimiter: <<Order as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[
                ::monotable::__private::Segment::Literal("CUSTOMER#"),
                ::monotable::__private::part::<CustomerIdPart>(),
            ],
            native: ::core::option::Option::None,
        },
    );
    const __SORT: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::sort(
        <::monotable::Primary<
            <Order as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT_KEY,
        ::monotable::__private::Source {
            text: "ORDER#{order_id}",
            delimiter: <<Order as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[
                ::monotable::__private::Segment::Literal("ORDER#"),
                ::monotable::__private::part::<OrderIdPart>(),
            ],
            native: ::core::option::Option::None,
        },
    );
    const __Gsi1_PARTITION: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::partition(
        <Gsi1 as ::monotable::Index>::PARTITION_KEY,
        ::monotable::__private::Source {
            text: "STATUS#{status}",
            delimiter: <<Order as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[
                ::monotable::__private::Segment::Literal("STATUS#"),
                ::monotable::__private::part::<StatusPart>(),
            ],
            native: ::core::option::Option::None,
        },
    );
    const __Gsi1_SORT: ::monotable::__private::KeyPlace = ::monotable::__private::KeyPlace::sort(
        <Gsi1 as ::monotable::Index>::SORT_KEY,
        ::monotable::__private::Source {
            text: "{placed_at}",
            delimiter: <<Order as ::monotable::Entity>::Table as ::monotable::Table>::DELIMITER
                as u8,
            segments: &[::monotable::__private::part::<PlacedAtPart>()],
            native: ::monotable::__private::native::<PlacedAtPart>(),
        },
    );
    const _: () = <Order as ::monotable::InTable<
        <Order as ::monotable::Entity>::Table,
    >>::HOLDS;
    const _: () = <Gsi1 as ::monotable::__private::IndexOf<
        <Order as ::monotable::Entity>::Table,
    >>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for OrderKey {
        fn clone(&self) -> Self {
            OrderKey {
                customer_id: ::monotable::__private::clone::<
                    CustomerIdPart,
                >(&self.customer_id),
                order_id: ::monotable::__private::clone::<OrderIdPart>(&self.order_id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for OrderKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("OrderKey")
                .field(
                    "customer_id",
                    ::monotable::__private::debug::<CustomerIdPart>(&self.customer_id),
                )
                .field(
                    "order_id",
                    ::monotable::__private::debug::<OrderIdPart>(&self.order_id),
                )
                .finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for OrderKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true
                && ::monotable::__private::equal::<
                    CustomerIdPart,
                >(&self.customer_id, &other.customer_id)
                && ::monotable::__private::equal::<
                    OrderIdPart,
                >(&self.order_id, &other.order_id)
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for OrderKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for OrderKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
            ::monotable::__private::hash::<
                CustomerIdPart,
                __H,
            >(&self.customer_id, state);
            ::monotable::__private::hash::<OrderIdPart, __H>(&self.order_id, state);
        }
    }
    impl OrderKey {
        ///Takes a stored key of `"CUSTOMER#{customer_id}"` and `"ORDER#{order_id}"` apart.
        ///
        /// # Errors
        ///
        /// If it is not such a key: what is accepted is exactly what the key is written as.
        #[allow(dead_code)]
        pub fn parse(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            <OrderKey as ::monotable::EntityKey>::from_keys(
                partition_key,
                ::core::option::Option::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for OrderKey {
        type Entity = Order;
        fn partition_key(
            &self,
        ) -> ::core::result::Result<::monotable::KeyValue, ::monotable::KeyError> {
            ::monotable::__private::key_value(
                &__PARTITION,
                |__key| {
                    __key.literal("CUSTOMER#");
                    __key.part::<CustomerIdPart>(&self.customer_id)?;
                    ::core::result::Result::Ok(())
                },
            )
        }
        fn sort_key(
            &self,
        ) -> ::core::result::Result<
            ::core::option::Option<::monotable::KeyValue>,
            ::monotable::KeyError,
        > {
            ::monotable::__private::key_value(
                    &__SORT,
                    |__key| {
                        __key.literal("ORDER#");
                        __key.part::<OrderIdPart>(&self.order_id)?;
                        ::core::result::Result::Ok(())
                    },
                )
                .map(::core::option::Option::Some)
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: ::core::option::Option<&::core::primitive::str>,
        ) -> ::core::result::Result<Self, ::monotable::KeyError> {
            #[allow(unused_imports)]
            use ::monotable::__private::InPart as _;
            let [__partition_0] = __PARTITION.split::<1usize>(__partition)?;
            let [__sort_0] = __SORT
                .split::<1usize>(::monotable::__private::sort_key_of(&__SORT, __sort)?)?;
            let __value_of_customer_id = ::monotable::__private::Whole::<
                CustomerIdPart,
            >::decode(&__PARTITION, __partition_0)?;
            let __value_of_order_id = ::monotable::__private::Whole::<
                OrderIdPart,
            >::decode(&__SORT, __sort_0)?;
            ::core::result::Result::Ok(OrderKey {
                customer_id: __value_of_customer_id,
                order_id: __value_of_order_id,
            })
        }
    }
    #[automatically_derived]
    impl<__T: ::monotable::Table> ::monotable::KeySet<__T> for OrderKey
    where
        Order: ::monotable::InTable<__T>,
    {
        type Found = ::core::option::Option<Order>;
        type Shape = ::monotable::__private::OneKey<Order>;
        fn add_to(self, __keys: &mut ::monotable::__private::Keys<__T>) -> Self::Shape {
            ::monotable::__private::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Order {
        type Table = Shop;
        type Key = OrderKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use ::monotable::__private::UnknownForm as _;
            ::monotable::EntityModel::new(
                "Order",
                "Order",
                &[
                    ::monotable::__private::Key::primary(
                        __PARTITION.template(),
                        ::core::option::Option::Some(__SORT.template()),
                    ),
                    ::monotable::__private::Key::index(
                        <Gsi1 as ::monotable::Index>::NUMBER,
                        __Gsi1_PARTITION.template(),
                        ::core::option::Option::Some(__Gsi1_SORT.template()),
                    ),
                ],
                &[
                    ::monotable::AttributeModel::new(
                        "customer_id",
                        "customer_id",
                        true,
                        ::monotable::__private::FormOf::<CustomerId>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "order_id",
                        "order_id",
                        true,
                        ::monotable::__private::FormOf::<OrderId>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "status",
                        "status",
                        true,
                        ::monotable::__private::FormOf::<Status>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "placed_at",
                        "placed_at",
                        true,
                        ::monotable::__private::FormOf::<DateTime<Utc>>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "total_cents",
                        "total_cents",
                        true,
                        ::monotable::__private::FormOf::<u64>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "note",
                        "note",
                        false,
                        ::monotable::__private::FormOf::<Option<String>>::FORM,
                    ),
                ],
            )
        };
        const STORAGE: ::monotable::__private::Storage<Self> = <Order as ::monotable::__private::Storable>::STORAGE;
        fn key(&self) -> OrderKey {
            OrderKey {
                customer_id: ::monotable::__private::clone::<
                    CustomerIdPart,
                >(&self.customer_id),
                order_id: ::monotable::__private::clone::<OrderIdPart>(&self.order_id),
            }
        }
        fn index_keys(
            __from: &::monotable::__private::PartSource<'_, Self>,
            __keys: &mut ::monotable::__private::IndexKeys,
        ) -> ::core::result::Result<(), ::monotable::KeyError> {
            let __part_status = __from.required("status", |__item| &__item.status);
            let __part_placed_at = __from
                .required("placed_at", |__item| &__item.placed_at);
            __keys
                .half(
                    &__Gsi1_PARTITION,
                    &[__part_status.state()],
                    |__key| {
                        __key.literal("STATUS#");
                        __key.part::<StatusPart>(__part_status.value())?;
                        ::core::result::Result::Ok(())
                    },
                )?;
            __keys
                .half(
                    &__Gsi1_SORT,
                    &[__part_placed_at.state()],
                    |__key| {
                        __key.part::<PlacedAtPart>(__part_placed_at.value())?;
                        ::core::result::Result::Ok(())
                    },
                )?;
            ::core::result::Result::Ok(())
        }
        fn key_attributes(
            __key: &Self::Key,
            __attributes: &mut ::monotable::__private::KeyAttributes,
        ) {
            __attributes.add(&Order::CUSTOMER_ID, &__key.customer_id);
            __attributes.add(&Order::ORDER_ID, &__key.order_id);
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Order {
        ///The field `customer_id` of [`Order`], for conditions and updates.
        pub const CUSTOMER_ID: ::monotable::Field<
            Self,
            CustomerId,
            ::monotable::KeyField,
        > = ::monotable::Field::required("customer_id");
        ///The field `order_id` of [`Order`], for conditions and updates.
        pub const ORDER_ID: ::monotable::Field<Self, OrderId, ::monotable::KeyField> = ::monotable::Field::required(
            "order_id",
        );
        ///The field `status` of [`Order`], for conditions and updates.
        pub const STATUS: ::monotable::Field<Self, Status, ::monotable::IndexPart> = ::monotable::Field::required(
            "status",
        );
        ///The field `placed_at` of [`Order`], for conditions and updates.
        pub const PLACED_AT: ::monotable::Field<
            Self,
            DateTime<Utc>,
            ::monotable::SoleIndexPart<
                { ::monotable::__private::stored_as_key("placed_at", &[&__Gsi1_SORT]) },
            >,
        > = ::monotable::Field::required("placed_at");
        ///The field `total_cents` of [`Order`], for conditions and updates.
        pub const TOTAL_CENTS: ::monotable::Field<Self, u64> = ::monotable::Field::required(
            "total_cents",
        );
        ///The field `note` of [`Order`], for conditions and updates.
        pub const NOTE: ::monotable::Field<Self, Option<String>> = ::monotable::Field::optional(
            "note",
        );
    }
    const _: () = {
        impl Order {
            ///[`Order`]s with the partition key `"CUSTOMER#{customer_id}"`; the sort key is `"ORDER#{order_id}"`.
            pub fn by_customer_id(
                customer_id: impl ::monotable::IntoValue<CustomerId>,
            ) -> OrderByCustomerId {
                OrderByCustomerId(
                    ::monotable::__private::Steps::new(
                        &__PARTITION,
                        ::core::option::Option::Some(&__SORT),
                        |__key| {
                            __key.literal("CUSTOMER#");
                            __key
                                .part::<
                                    CustomerIdPart,
                                >(&::monotable::IntoValue::into_value(customer_id))?;
                            ::core::result::Result::Ok(())
                        },
                    ),
                )
            }
        }
        #[diagnostic::on_unimplemented(
            message = "`.order_id(..)` is not the next step of this query",
            label = "`order_id` is fixed already",
            note = "the sort key of `Order::by_customer_id(..)` is \"ORDER#{{order_id}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait OrderIdIsNext {}
        #[diagnostic::do_not_recommend]
        impl OrderIdIsNext for ::monotable::__private::At<0usize> {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> OrderIdIsNext
        for ::monotable::__private::RangeAfter<PARTS> {}
        pub type OrderIdPlace = ::monotable::__private::RangePlace<
            {
                ::monotable::__private::range_of::<
                    OrderIdPart,
                >(&__SORT.template(), 0usize)
            },
            {
                ::monotable::__private::has_prefixes::<
                    OrderIdPart,
                >(&__SORT.template(), 0usize)
            },
        >;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Order::by_customer_id(..)` is \"ORDER#{{order_id}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for ::monotable::__private::At<PARTS> {}
        impl<S> OrderByCustomerId<S> {
            ///`order_id` equal to this.
            pub fn order_id(
                self,
                value: impl ::monotable::IntoValue<OrderId>,
            ) -> OrderByCustomerId<::monotable::__private::At<1usize>>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.equal::<OrderIdPart, _>(value.into_value()))
            }
            ///`order_id` at or after this.
            pub fn order_id_from(
                self,
                value: impl ::monotable::__private::IntoBound<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<::monotable::__private::RangeAfter<0usize>>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.from::<OrderIdPart, _>(value.into_bound()))
            }
            ///`order_id` at or before this, with whatever follows.
            pub fn order_id_until(
                self,
                value: impl ::monotable::__private::IntoBound<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<::monotable::__private::RangeAfter<0usize>>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.until::<OrderIdPart, _>(value.into_bound()))
            }
            ///`order_id` in this range.
            pub fn order_id_in(
                self,
                range: impl ::monotable::KeyRange<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<::monotable::__private::RangeAfter<0usize>>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.range::<OrderIdPart, OrderIdPlace, _>(range))
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for OrderByCustomerId<S> {
            type Entity = Order;
            type Index = ::monotable::Primary<<Order as ::monotable::Entity>::Table>;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        const __TYPED_FROM: usize = ::monotable::__private::typed_from::<
            <Order as ::monotable::Entity>::Table,
        >("Order", 0usize);
        #[diagnostic::on_unimplemented(
            message = "this query of `Order::by_customer_id(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"ORDER#{{order_id}}\": take the step that tells `Order` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for ::monotable::__private::Proved<true> {}
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByCustomerId<::monotable::__private::At<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = ::monotable::Primary<<Order as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByCustomerId<::monotable::__private::At<1usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 1usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = ::monotable::Primary<<Order as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByCustomerId<::monotable::__private::RangeAfter<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = ::monotable::Primary<<Order as ::monotable::Entity>::Table>;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    const _: () = {
        impl Order {
            ///[`Order`]s with the partition key `"STATUS#{status}"` in index [`Gsi1`]; the sort key is `"{placed_at}"`.
            pub fn by_status(
                status: impl ::monotable::IntoValue<Status>,
            ) -> OrderByStatus {
                OrderByStatus(
                    ::monotable::__private::Steps::new(
                        &__Gsi1_PARTITION,
                        ::core::option::Option::Some(&__Gsi1_SORT),
                        |__key| {
                            __key.literal("STATUS#");
                            __key
                                .part::<
                                    StatusPart,
                                >(&::monotable::IntoValue::into_value(status))?;
                            ::core::result::Result::Ok(())
                        },
                    ),
                )
            }
        }
        #[diagnostic::on_unimplemented(
            message = "`.placed_at(..)` is not the next step of this query",
            label = "`placed_at` is fixed already",
            note = "the sort key of `Order::by_status(..)` is \"{{placed_at}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait PlacedAtIsNext {}
        #[diagnostic::do_not_recommend]
        impl PlacedAtIsNext for ::monotable::__private::At<0usize> {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> PlacedAtIsNext
        for ::monotable::__private::RangeAfter<PARTS> {}
        pub type PlacedAtPlace = ::monotable::__private::RangePlace<
            {
                ::monotable::__private::range_of::<
                    PlacedAtPart,
                >(&__Gsi1_SORT.template(), 0usize)
            },
            {
                ::monotable::__private::has_prefixes::<
                    PlacedAtPart,
                >(&__Gsi1_SORT.template(), 0usize)
            },
        >;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Order::by_status(..)` is \"{{placed_at}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for ::monotable::__private::At<PARTS> {}
        impl<S> OrderByStatus<S> {
            ///`placed_at` equal to this.
            pub fn placed_at(
                self,
                value: impl ::monotable::IntoValue<DateTime<Utc>>,
            ) -> OrderByStatus<::monotable::__private::At<1usize>>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.equal::<PlacedAtPart, _>(value.into_value()))
            }
            ///`placed_at` at or after this.
            pub fn placed_at_from(
                self,
                value: impl ::monotable::__private::IntoBound<
                    DateTime<Utc>,
                    PlacedAtPlace,
                >,
            ) -> OrderByStatus<::monotable::__private::RangeAfter<0usize>>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.from::<PlacedAtPart, _>(value.into_bound()))
            }
            ///`placed_at` at or before this, with whatever follows.
            pub fn placed_at_until(
                self,
                value: impl ::monotable::__private::IntoBound<
                    DateTime<Utc>,
                    PlacedAtPlace,
                >,
            ) -> OrderByStatus<::monotable::__private::RangeAfter<0usize>>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.until::<PlacedAtPart, _>(value.into_bound()))
            }
            ///`placed_at` in this range.
            pub fn placed_at_in(
                self,
                range: impl ::monotable::KeyRange<DateTime<Utc>, PlacedAtPlace>,
            ) -> OrderByStatus<::monotable::__private::RangeAfter<0usize>>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.range::<PlacedAtPart, PlacedAtPlace, _>(range))
            }
        }
        #[automatically_derived]
        impl<S> ::monotable::KeyQuery for OrderByStatus<S> {
            type Entity = Order;
            type Index = Gsi1;
            fn into_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        const __TYPED_FROM: usize = ::monotable::__private::typed_from::<
            <Order as ::monotable::Entity>::Table,
        >("Order", 1usize);
        #[diagnostic::on_unimplemented(
            message = "this query of `Order::by_status(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"{{placed_at}}\": take the step that tells `Order` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait SelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl SelectsOneEntity for ::monotable::__private::Proved<true> {}
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByStatus<::monotable::__private::At<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = Gsi1;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByStatus<::monotable::__private::At<1usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 1usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = Gsi1;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
        #[automatically_derived]
        impl ::monotable::TypedQuery
        for OrderByStatus<::monotable::__private::RangeAfter<0usize>>
        where
            for<'__a> ::monotable::__private::Proved<
                { 0usize >= __TYPED_FROM },
            >: SelectsOneEntity,
        {
            type Entity = Order;
            type Index = Gsi1;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    impl Order {
        ///Takes a stored key of index [`Gsi1`] apart: `status`, `placed_at`.
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        pub fn by_status_parts(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> ::core::result::Result<(Status, DateTime<Utc>), ::monotable::KeyError> {
            let (__partition, __sort) = (
                partition_key,
                ::core::option::Option::Some(sort_key),
            );
            #[allow(unused_imports)]
            use ::monotable::__private::InPart as _;
            let [__partition_0] = __Gsi1_PARTITION.split::<1usize>(__partition)?;
            let [__sort_0] = __Gsi1_SORT
                .split::<
                    1usize,
                >(::monotable::__private::sort_key_of(&__Gsi1_SORT, __sort)?)?;
            let __value_of_status = ::monotable::__private::Whole::<
                StatusPart,
            >::decode(&__Gsi1_PARTITION, __partition_0)?;
            let __value_of_placed_at = ::monotable::__private::Whole::<
                PlacedAtPart,
            >::decode(&__Gsi1_SORT, __sort_0)?;
            ::core::result::Result::Ok((__value_of_status, __value_of_placed_at))
        }
    }
};
