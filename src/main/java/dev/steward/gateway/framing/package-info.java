// SPDX-License-Identifier: Apache-2.0
/// How the parts of a stream are told apart on the wire: server-sent events, and the frames of
/// Bedrock.
///
/// In: bytes. Out: events and frames, and where a whole one ends. It knows no dialect.
@NullMarked
package dev.steward.gateway.framing;

import org.jspecify.annotations.NullMarked;
