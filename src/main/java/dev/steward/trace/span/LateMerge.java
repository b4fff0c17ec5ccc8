// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts content that arrived apart from a span beside what the span itself carries. What is there
/// already is not added again, so that a log sent twice changes nothing.
public final class LateMerge {
  private LateMerge() {}

  public static Content merge(Content own, Content late) {
    return new Content(
        joined(own.input(), late.input()),
        joined(own.output(), late.output()),
        either(own.instructions(), late.instructions()),
        either(own.tools(), late.tools()),
        either(own.arguments(), late.arguments()),
        either(own.result(), late.result()),
        either(own.documents(), late.documents()),
        joined(own.blobs(), late.blobs()));
  }

  public static Span with(Span span, Content content) {
    return new Span(
        span.key(),
        span.parentSpanId(),
        span.kind(),
        span.name(),
        span.status(),
        span.error(),
        span.startedAt(),
        span.endedAt(),
        span.received(),
        span.origin(),
        span.model(),
        span.tool(),
        content,
        span.usage(),
        span.cost(),
        span.charges(),
        span.raw(),
        span.digest());
  }

  private static List<Message> joined(List<Message> own, List<Message> late) {
    if (late.isEmpty()) {
      return own;
    }
    Set<Digest> known = new HashSet<>();
    own.forEach(message -> known.add(message.hash()));
    List<Message> joined = new ArrayList<>(own);
    late.stream().filter(message -> known.add(message.hash())).forEach(joined::add);
    return joined;
  }

  private static @Nullable Message either(@Nullable Message own, @Nullable Message late) {
    return own == null ? late : own;
  }
}
