// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import dev.steward.domain.SpanKind;

/// Who tells of a span.
public enum Teller {
  /// The agent itself, or something in its process.
  AGENT,
  /// Our own model gateway, which saw the call pass.
  GATEWAY,
  /// Our own gateway, of a run that may go on.
  GATEWAY_AT_WORK,
  /// Our own gateway, of a call that stands in another trace by now: its agent told of it there.
  MOVED;

  /// Scope of the spans that the gateway writes. Nobody else's keep that name.
  public static final String SCOPE = "steward.gateway";

  /// Scope of what is left of a span that moved.
  public static final String MOVED_SCOPE = SCOPE + ".moved";

  public static Teller of(String scope, SpanKind kind, Span.Status status) {
    if (!scope.startsWith(SCOPE)) {
      return AGENT;
    }
    if (scope.equals(MOVED_SCOPE)) {
      return MOVED;
    }
    return kind == SpanKind.AGENT && status == Span.Status.UNSET ? GATEWAY_AT_WORK : GATEWAY;
  }

  public boolean gateway() {
    return this == GATEWAY || this == GATEWAY_AT_WORK;
  }
}
