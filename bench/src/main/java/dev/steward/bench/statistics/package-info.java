// SPDX-License-Identifier: Apache-2.0
/// Streams of made-up outcomes with known rates, and what the sequential tests say of them.
@NullMarked
package dev.steward.bench.statistics;

import org.jspecify.annotations.NullMarked;
