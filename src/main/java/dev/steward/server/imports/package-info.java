// SPDX-License-Identifier: Apache-2.0
/// Recorded runs as OpenTelemetry GenAI spans, sent through the same door as live ones.
///
/// In: files of public benchmarks, and OTLP/JSON. Out: trace requests to a sink. It must not know
/// how the server stores them.
@NullMarked
package dev.steward.server.imports;

import org.jspecify.annotations.NullMarked;
