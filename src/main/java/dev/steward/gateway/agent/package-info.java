// SPDX-License-Identifier: Apache-2.0
/// The way in: one call of an agent, from what a client asks to the record that stays.
///
/// In: a request and the form in which its protocol says things. Out: the answer of the endpoint
/// that the callee's version declares. It looks into no body.
@NullMarked
package dev.steward.gateway.agent;

import org.jspecify.annotations.NullMarked;
