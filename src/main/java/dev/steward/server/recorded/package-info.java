// SPDX-License-Identifier: Apache-2.0
/// Runs that public benchmarks recorded, made into OpenTelemetry GenAI spans.
///
/// In: one recorded run as JSON. Out: trace requests. It must not know where they are sent.
@NullMarked
package dev.steward.server.recorded;

import org.jspecify.annotations.NullMarked;
