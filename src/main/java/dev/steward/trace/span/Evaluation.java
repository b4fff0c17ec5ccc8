// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A judgement of a span or a whole run: `gen_ai.evaluation.result`, an outcome told through the
/// API, or a rule of the Agent resource.
///
/// @param spanId null when the whole trace is meant
/// @param label such as success, failure, approved; null when only a score was given
/// @param outcome whether it states the outcome of the run rather than one aspect of it
/// @param by who said so: a person's id, an evaluator's name, "sender"
public record Evaluation(
    String traceId,
    @Nullable String spanId,
    @Nullable String responseId,
    String name,
    @Nullable String label,
    @Nullable Double score,
    @Nullable String explanation,
    boolean outcome,
    String by,
    Instant at) {}
