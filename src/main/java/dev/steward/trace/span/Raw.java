// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.span;

import java.util.List;

/// What the sender wrote, kept whole. Attributes that only carry message content are left out here
/// when that content is in `Content`; every other attribute stays.
///
/// @param attributesJson one JSON object
/// @param resourceJson one JSON object
/// @param otelKind SPAN_KIND number of the wire
/// @param dialect which row of the dialect table understood it, with the table's version
public record Raw(
    String attributesJson,
    String resourceJson,
    String scopeName,
    String scopeVersion,
    int otelKind,
    String traceState,
    List<Event> events,
    List<Link> links,
    String dialect) {
  /// In place of what was not read.
  public static final Raw NONE = new Raw("{}", "{}", "", "", 0, "", List.of(), List.of(), "");

  /// What an outline keeps of it: what our gateway did, and nothing of others.
  Raw outline() {
    return scopeName.startsWith(Teller.SCOPE) ? gateway(attributesJson, scopeName) : NONE;
  }

  /// The same with other attributes.
  public Raw saying(String otherAttributesJson) {
    return new Raw(
        otherAttributesJson,
        resourceJson,
        scopeName,
        scopeVersion,
        otelKind,
        traceState,
        events,
        links,
        dialect);
  }

  /// What the gateway wrote, without the rest.
  public static Raw gateway(String attributesJson, String scopeName) {
    return new Raw(attributesJson, "{}", scopeName, "", 0, "", List.of(), List.of(), "");
  }

  /// A span event.
  public record Event(String name, java.time.Instant at, String attributesJson) {}

  /// A link to another span.
  public record Link(SpanKey target, String attributesJson) {}
}
