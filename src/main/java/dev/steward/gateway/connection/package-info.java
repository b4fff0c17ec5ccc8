// SPDX-License-Identifier: Apache-2.0
/// What a way to a tool server is, whatever it is made of.
///
/// In: requests of a client's era. Out: what the server says to them.
@NullMarked
package dev.steward.gateway.connection;

import org.jspecify.annotations.NullMarked;
