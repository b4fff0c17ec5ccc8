// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.gateway;

import dev.steward.domain.SpanKind;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import java.util.Optional;

/// Somebody's word on a model call that was answered.
///
/// @param sender the agent whose key it came with
/// @param response the answer's id
/// @param byGateway whether our gateway says so
public record AnsweredCall(String sender, String response, SpanKey span, boolean byGateway) {

  /// Empty for what is no answered call of a known sender.
  public static Optional<AnsweredCall> of(Span span) {
    boolean calls = span.kind() == SpanKind.MODEL || span.kind() == SpanKind.EMBEDDING;
    String response = span.model() == null ? null : span.model().responseId();
    String sender = span.origin().sender();
    return !calls || response == null || sender == null || span.teller() == Teller.MOVED
        ? Optional.empty()
        : Optional.of(new AnsweredCall(sender, response, span.key(), span.teller().gateway()));
  }
}
