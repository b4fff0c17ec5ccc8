// SPDX-License-Identifier: Apache-2.0
/// The messages of a request in one small form, whatever dialect they came in, and how a request is
/// recognised as the next one of a conversation that is known. What comes in is JSON as the client
/// wrote it, what goes out are digests; no text is kept.
@NullMarked
package dev.steward.gateway.turn;

import org.jspecify.annotations.NullMarked;
