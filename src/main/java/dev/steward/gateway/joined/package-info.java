// SPDX-License-Identifier: Apache-2.0
/// `/mcp`: all tool servers that a caller may use as if they were one. Names and addresses carry
/// their server, lists are merged.
///
/// In: requests with joined names. Out: requests with the names of one server, and their answers
/// with joined ones.
@NullMarked
package dev.steward.gateway.joined;

import org.jspecify.annotations.NullMarked;
