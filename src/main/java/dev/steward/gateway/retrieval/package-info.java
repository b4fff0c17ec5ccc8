// SPDX-License-Identifier: Apache-2.0
/// `/data/{source}/...`: a data source as the version that a release assigns reads it.
///
/// In: HTTP requests with an agent's key. Out: what the endpoint answers that the version names for
/// the source, as it comes. Rolling an agent back rolls back what it retrieves from.
@NullMarked
package dev.steward.gateway.retrieval;

import org.jspecify.annotations.NullMarked;
