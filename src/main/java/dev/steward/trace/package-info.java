// SPDX-License-Identifier: Apache-2.0
/// Spans in, runs out: OTLP decoding, dialects to one form, the journal and span-store ports,
/// queries.
///
/// In: accepted OTLP requests. Out: spans, messages, costs, runs, and views over them. It must not
/// know who may read them, how they are served, or which database keeps them.
@NullMarked
package dev.steward.trace;

import org.jspecify.annotations.NullMarked;
