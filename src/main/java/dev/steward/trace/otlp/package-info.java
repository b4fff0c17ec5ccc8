// SPDX-License-Identifier: Apache-2.0
/// The wire: bytes of the OpenTelemetry protocol to its messages, and what of them is accepted.
@NullMarked
package dev.steward.trace.otlp;

import org.jspecify.annotations.NullMarked;
