// SPDX-License-Identifier: Apache-2.0
/// The way of one tool call, from what a client asks to the record that stays, and what an agent
/// may see of a server's tools.
///
/// In: a call that the wire has read, and a way to send it on. Out: how it ended. It knows no
/// transport and no form of JSON-RPC message.
@NullMarked
package dev.steward.gateway.tool;

import org.jspecify.annotations.NullMarked;
