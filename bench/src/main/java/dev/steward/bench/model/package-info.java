// SPDX-License-Identifier: Apache-2.0
/// Model and tool calls over plain sockets: the mocks that answer them, and clients that cost
/// little, since all share the machine with what is measured.
@NullMarked
package dev.steward.bench.model;

import org.jspecify.annotations.NullMarked;
