// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.time.Instant;

/// One point of one metric series.
///
/// @param series name, unit, service and attributes as canonical JSON; equal series are one line
/// @param valueJson a number, or for a histogram its count, sum, bounds and buckets
public record MetricPoint(String name, String series, Instant at, String valueJson) {}
