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
pub struct OrderByCustomerId<S = ::monotable::__private::At0>(
    ::monotable::__private::Steps<S>,
);
///A query of [`Order`] by `"STATUS#{status}"`; the sort key is `"{placed_at}"`; see [`Order::by_status`].
#[derive(::core::fmt::Debug)]
#[must_use = "a query does nothing until it is passed to a table's handle"]
pub struct OrderByStatus<S = ::monotable::__private::At0>(
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
    #[allow(unused_imports)]
    use ::monotable::__private as __p;
    enum CustomerIdPart {}
    impl __p::CanonicalPart for CustomerIdPart {
        type Value = CustomerId;
    }
    enum OrderIdPart {}
    impl __p::CanonicalPart for OrderIdPart {
        type Value = OrderId;
    }
    enum StatusPart {}
    impl __p::CanonicalPart for StatusPart {
        type Value = Status;
    }
    enum PlacedAtPart {}
    impl __p::CanonicalPart for PlacedAtPart {
        type Value = DateTime<Utc>;
    }
    const __PARTITION: __p::Place<(CustomerIdPart, ())> = __p::Place::new(
        <::monotable::Primary<
            <Order as ::monotable::Entity>::Table,
        > as ::monotable::Index>::PARTITION,
        "CUSTOMER#{customer_id}",
        &[__p::Literal("CUSTOMER#"), __p::part::<CustomerIdPart>("customer_id")],
    );
    const __SORT: __p::Place<(OrderIdPart, ())> = __p::Place::new(
        <::monotable::Primary<
            <Order as ::monotable::Entity>::Table,
        > as ::monotable::Index>::SORT,
        "ORDER#{order_id}",
        &[__p::Literal("ORDER#"), __p::part::<OrderIdPart>("order_id")],
    );
    const __Gsi1_PARTITION: __p::Place<(StatusPart, ())> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::PARTITION,
        "STATUS#{status}",
        &[__p::Literal("STATUS#"), __p::part::<StatusPart>("status")],
    );
    const __Gsi1_SORT: __p::Place<(PlacedAtPart, ())> = __p::Place::new(
        <Gsi1 as ::monotable::Index>::SORT,
        "{placed_at}",
        &[__p::part::<PlacedAtPart>("placed_at")],
    );
    const _: () = <Order as ::monotable::InTable<
        <Order as ::monotable::Entity>::Table,
    >>::HOLDS;
    const _: () = <Gsi1 as __p::IndexOf<<Order as ::monotable::Entity>::Table>>::HOLDS;
    #[automatically_derived]
    impl ::core::clone::Clone for OrderKey {
        fn clone(&self) -> Self {
            OrderKey {
                customer_id: __p::clone::<CustomerIdPart>(&self.customer_id),
                order_id: __p::clone::<OrderIdPart>(&self.order_id),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for OrderKey {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            f.debug_struct("OrderKey")
                .field("customer_id", __p::debug::<CustomerIdPart>(&self.customer_id))
                .field("order_id", __p::debug::<OrderIdPart>(&self.order_id))
                .finish()
        }
    }
    #[automatically_derived]
    impl ::core::cmp::PartialEq for OrderKey {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            true && __p::equal::<CustomerIdPart>(&self.customer_id, &other.customer_id)
                && __p::equal::<OrderIdPart>(&self.order_id, &other.order_id)
        }
    }
    #[automatically_derived]
    impl ::core::cmp::Eq for OrderKey {}
    #[automatically_derived]
    impl ::core::hash::Hash for OrderKey {
        fn hash<__H: ::core::hash::Hasher>(&self, state: &mut __H) {
            __p::hash::<CustomerIdPart, __H>(&self.customer_id, state);
            __p::hash::<OrderIdPart, __H>(&self.order_id, state);
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
                __p::Some(sort_key),
            )
        }
    }
    #[automatically_derived]
    impl ::monotable::EntityKey for OrderKey {
        type Entity = Order;
        fn partition_key(
            &self,
        ) -> __p::Result<::monotable::KeyValue, ::monotable::KeyError> {
            __PARTITION.key((&self.customer_id, ()))
        }
        fn sort_key(
            &self,
        ) -> __p::Result<__p::Option<::monotable::KeyValue>, ::monotable::KeyError> {
            __p::Ok(__p::Some(__SORT.key((&self.order_id, ()))?))
        }
        fn from_keys(
            __partition: &::core::primitive::str,
            __sort: __p::Option<&::core::primitive::str>,
        ) -> __p::Result<Self, ::monotable::KeyError> {
            let ((__value_of_customer_id, ()), (__value_of_order_id, ())) = __p::read(
                &__PARTITION,
                &__SORT,
                __partition,
                __sort,
            )?;
            __p::Ok(OrderKey {
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
        type Found = __p::Option<Order>;
        type Shape = __p::OneKey<Order>;
        fn add_to(self, __keys: &mut __p::Keys<__T>) -> Self::Shape {
            __p::add_key(self, __keys)
        }
    }
    #[automatically_derived]
    impl ::monotable::Entity for Order {
        type Table = Shop;
        type Key = OrderKey;
        const MODEL: ::monotable::EntityModel = {
            #[allow(unused_imports)]
            use __p::UnknownForm as _;
            ::monotable::EntityModel::new(
                "Order",
                "Order",
                &[
                    __p::Key::primary(
                        __PARTITION.template(),
                        __p::Some(__SORT.template()),
                    ),
                    __p::Key::index(
                        <Gsi1 as ::monotable::Index>::NUMBER,
                        __Gsi1_PARTITION.template(),
                        __p::Some(__Gsi1_SORT.template()),
                    ),
                ],
                &[
                    ::monotable::AttributeModel::new(
                        "customer_id",
                        "customer_id",
                        true,
                        __p::FormOf::<CustomerId>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "order_id",
                        "order_id",
                        true,
                        __p::FormOf::<OrderId>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "status",
                        "status",
                        true,
                        __p::FormOf::<Status>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "placed_at",
                        "placed_at",
                        true,
                        __p::FormOf::<DateTime<Utc>>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "total_cents",
                        "total_cents",
                        true,
                        __p::FormOf::<u64>::FORM,
                    ),
                    ::monotable::AttributeModel::new(
                        "note",
                        "note",
                        false,
                        __p::FormOf::<Option<String>>::FORM,
                    ),
                ],
            )
        };
        const STORAGE: __p::Storage<Self> = <Order as __p::Storable>::STORAGE;
        fn key(&self) -> OrderKey {
            OrderKey {
                customer_id: __p::clone::<CustomerIdPart>(&self.customer_id),
                order_id: __p::clone::<OrderIdPart>(&self.order_id),
            }
        }
        fn key_values(
            &self,
            __buffers: &mut [__p::String; 2],
        ) -> __p::Result<
            (::monotable::KeyValue, __p::Option<::monotable::KeyValue>),
            ::monotable::KeyError,
        > {
            __p::Ok((
                __PARTITION.key_in(&mut __buffers[0usize], (&self.customer_id, ()))?,
                __p::Some(__SORT.key_in(&mut __buffers[1usize], (&self.order_id, ()))?),
            ))
        }
        #[allow(unused_variables)]
        fn index_keys(__from: &__p::PartSource<'_, Self>, __keys: &mut __p::IndexKeys) {
            let (__part_status, __part_placed_at) = match __from.origin() {
                __p::Ok(__item) => {
                    (
                        __p::PartOf::Set(&__item.status),
                        __p::PartOf::Set(&__item.placed_at),
                    )
                }
                __p::Err(__key) => {
                    (__from.touched("status"), __from.touched("placed_at"))
                }
            };
            __keys.half(&__Gsi1_PARTITION, (&__part_status, ()));
            __keys.half(&__Gsi1_SORT, (&__part_placed_at, ()));
        }
        fn key_attributes(__key: &Self::Key, __attributes: &mut __p::KeyAttributes) {
            __attributes.add(&Order::CUSTOMER_ID, &__key.customer_id);
            __attributes.add(&Order::ORDER_ID, &__key.order_id);
        }
    }
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
                {
                    ::monotable::__private::stored_as_key(
                        "placed_at",
                        &[__Gsi1_SORT.untyped()],
                    )
                },
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
        ///[`Order`]s with the partition key `"CUSTOMER#{customer_id}"`; the sort key is `"ORDER#{order_id}"`.
        pub fn by_customer_id(
            customer_id: impl ::monotable::IntoValue<CustomerId>,
        ) -> OrderByCustomerId {
            OrderByCustomerId(
                __p::Steps::new(
                    &__PARTITION,
                    __p::Some(__SORT.untyped()),
                    (&::monotable::IntoValue::into_value(customer_id), ()),
                ),
            )
        }
        ///[`Order`]s with the partition key `"STATUS#{status}"` in index [`Gsi1`]; the sort key is `"{placed_at}"`.
        pub fn by_status(status: impl ::monotable::IntoValue<Status>) -> OrderByStatus {
            OrderByStatus(
                __p::Steps::new(
                    &__Gsi1_PARTITION,
                    __p::Some(__Gsi1_SORT.untyped()),
                    (&::monotable::IntoValue::into_value(status), ()),
                ),
            )
        }
        ///Takes a stored key of index [`Gsi1`] apart: `status`, `placed_at`.
        ///
        /// # Errors
        ///
        /// If it is not such a key.
        #[allow(dead_code)]
        pub fn by_status_parts(
            partition_key: &::core::primitive::str,
            sort_key: &::core::primitive::str,
        ) -> __p::Result<(Status, DateTime<Utc>), ::monotable::KeyError> {
            let (__partition, __sort) = (partition_key, __p::Some(sort_key));
            let ((__value_of_status, ()), (__value_of_placed_at, ())) = __p::read(
                &__Gsi1_PARTITION,
                &__Gsi1_SORT,
                __partition,
                __sort,
            )?;
            __p::Ok((__value_of_status, __value_of_placed_at))
        }
    }
    const _: () = {
        #[diagnostic::on_unimplemented(
            message = "`.order_id(..)` is not the next step of this query",
            label = "`order_id` is fixed already",
            note = "the sort key of `Order::by_customer_id(..)` is \"ORDER#{{order_id}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait OrderIdIsNext {}
        #[diagnostic::do_not_recommend]
        impl OrderIdIsNext for __p::At0 {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> OrderIdIsNext for __p::RangeAfter<PARTS> {}
        pub type OrderIdPlace = __p::RangePlace<
            { __p::range_of::<OrderIdPart, _>(&__SORT, 0usize) },
            { __p::has_prefixes::<OrderIdPart, _>(&__SORT, 0usize) },
        >;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Order::by_customer_id(..)` is \"ORDER#{{order_id}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for __p::At<PARTS> {}
        impl<S> OrderByCustomerId<S> {
            ///`order_id` equal to this.
            pub fn order_id(
                self,
                value: impl ::monotable::IntoValue<OrderId>,
            ) -> OrderByCustomerId<__p::At1>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.equal::<OrderIdPart, _>(value.into_value()))
            }
            ///`order_id` at or after this.
            pub fn order_id_from(
                self,
                value: impl __p::IntoBound<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<__p::RangeAfter0>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.from::<OrderIdPart, _>(value.into_bound()))
            }
            ///`order_id` at or before this, with whatever follows.
            pub fn order_id_until(
                self,
                value: impl __p::IntoBound<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<__p::RangeAfter0>
            where
                S: OrderIdIsNext + NoRangeYet,
            {
                OrderByCustomerId(self.0.until::<OrderIdPart, _>(value.into_bound()))
            }
            ///`order_id` in this range.
            pub fn order_id_in(
                self,
                range: impl ::monotable::KeyRange<OrderId, OrderIdPlace>,
            ) -> OrderByCustomerId<__p::RangeAfter0>
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
        #[diagnostic::on_unimplemented(
            message = "this query of `Order::by_customer_id(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"ORDER#{{order_id}}\": take the step that tells `Order` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait OrderByCustomerIdSelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> OrderByCustomerIdSelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Order as ::monotable::Entity>::Table,
                    >("Order", 0usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: OrderByCustomerIdSelectsOneEntity> ::monotable::TypedQuery
        for OrderByCustomerId<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
    const _: () = {
        #[diagnostic::on_unimplemented(
            message = "`.placed_at(..)` is not the next step of this query",
            label = "`placed_at` is fixed already",
            note = "the sort key of `Order::by_status(..)` is \"{{placed_at}}\": steps follow it from left to right, each once, without a gap"
        )]
        pub trait PlacedAtIsNext {}
        #[diagnostic::do_not_recommend]
        impl PlacedAtIsNext for __p::At0 {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> PlacedAtIsNext for __p::RangeAfter<PARTS> {}
        pub type PlacedAtPlace = __p::RangePlace<
            { __p::range_of::<PlacedAtPart, _>(&__Gsi1_SORT, 0usize) },
            { __p::has_prefixes::<PlacedAtPart, _>(&__Gsi1_SORT, 0usize) },
        >;
        #[diagnostic::on_unimplemented(
            message = "the sort-key condition is complete: a range is given, and only the last step can be one",
            label = "nothing can follow a range",
            note = "the sort key of `Order::by_status(..)` is \"{{placed_at}}\"; give both ends of a range at once, as `.._in(a..=b)`",
        )]
        pub trait NoRangeYet {}
        #[diagnostic::do_not_recommend]
        impl<const PARTS: usize> NoRangeYet for __p::At<PARTS> {}
        impl<S> OrderByStatus<S> {
            ///`placed_at` equal to this.
            pub fn placed_at(
                self,
                value: impl ::monotable::IntoValue<DateTime<Utc>>,
            ) -> OrderByStatus<__p::At1>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.equal::<PlacedAtPart, _>(value.into_value()))
            }
            ///`placed_at` at or after this.
            pub fn placed_at_from(
                self,
                value: impl __p::IntoBound<DateTime<Utc>, PlacedAtPlace>,
            ) -> OrderByStatus<__p::RangeAfter0>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.from::<PlacedAtPart, _>(value.into_bound()))
            }
            ///`placed_at` at or before this, with whatever follows.
            pub fn placed_at_until(
                self,
                value: impl __p::IntoBound<DateTime<Utc>, PlacedAtPlace>,
            ) -> OrderByStatus<__p::RangeAfter0>
            where
                S: PlacedAtIsNext + NoRangeYet,
            {
                OrderByStatus(self.0.until::<PlacedAtPart, _>(value.into_bound()))
            }
            ///`placed_at` in this range.
            pub fn placed_at_in(
                self,
                range: impl ::monotable::KeyRange<DateTime<Utc>, PlacedAtPlace>,
            ) -> OrderByStatus<__p::RangeAfter0>
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
        #[diagnostic::on_unimplemented(
            message = "this query of `Order::by_status(..)` can select items of other entities too",
            label = "not a query of one entity yet",
            note = "the sort key is \"{{placed_at}}\": take the step that tells `Order` from the others",
            note = "or read whatever is there, as values of the table's enum: `.item_collection(..)`",
        )]
        pub trait OrderByStatusSelectsOneEntity {}
        #[diagnostic::do_not_recommend]
        impl<S> OrderByStatusSelectsOneEntity for S
        where
            S: __p::Reaches<
                {
                    __p::typed_from::<
                        <Order as ::monotable::Entity>::Table,
                    >("Order", 1usize)
                },
            >,
        {}
        #[automatically_derived]
        impl<S: OrderByStatusSelectsOneEntity> ::monotable::TypedQuery
        for OrderByStatus<S> {
            type Entity = <Self as ::monotable::KeyQuery>::Entity;
            type Index = <Self as ::monotable::KeyQuery>::Index;
            fn into_typed_query(self) -> ::monotable::Query<Self::Entity, Self::Index> {
                self.0.into_query()
            }
        }
    };
};
