// SPDX-License-Identifier: Apache-2.0
/// Accepted records to facts: spans, evaluations, late content, log lines and metric points.
@NullMarked
package dev.steward.trace.reading;

import org.jspecify.annotations.NullMarked;
