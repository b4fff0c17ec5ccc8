// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.content;

import dev.steward.domain.SpanKind;
import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.ContentSource.Slot;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.dialect.EventRule;
import dev.steward.trace.dialect.EventRule.Side;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.span.Content;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Finds what was said and passed on a span, in its attributes and its events, and brings it to one
/// form. What lies whole in content is marked as moved in the attributes it came from.
public final class ContentReader {
  /// Binary bodies up to this size stay in their message.
  public static final int INLINE_BYTES_MAX = 8 << 10;

  private final DialectTable table;
  private final int inlineBytesMax;

  public ContentReader(DialectTable table, int inlineBytesMax) {
    this.table = table;
    this.inlineBytesMax = inlineBytesMax;
  }

  /// An event of a span by its name.
  public record Event(String name, Attributes attributes) {}

  public SpanContent read(Understood span, List<Event> events) {
    if (span.kind() == SpanKind.OTHER && events.isEmpty()) {
      return SpanContent.NONE;
    }
    ContentBuilder builder = new ContentBuilder(table, inlineBytesMax);
    Attributes attributes = span.subject().attributes();
    if (span.kind() == SpanKind.TOOL) {
      builder.body(Slot.ARGUMENTS, attributes, span.sources(Slot.ARGUMENTS));
      builder.body(Slot.RESULT, attributes, span.sources(Slot.RESULT));
    } else if (span.kind() != SpanKind.OTHER) {
      builder.messages(Side.INPUT, attributes, span.sources(Slot.INPUT));
      builder.messages(Side.OUTPUT, attributes, span.sources(Slot.OUTPUT));
      builder.body(Slot.INSTRUCTIONS, attributes, span.sources(Slot.INSTRUCTIONS));
      builder.body(Slot.TOOLS, attributes, span.sources(Slot.TOOLS));
      builder.body(Slot.DOCUMENTS, attributes, span.sources(Slot.DOCUMENTS));
    }
    for (Event event : events) {
      EventRule rule = table.event(event.name());
      if (rule != null) {
        event(builder, span, event.attributes(), rule);
      }
    }
    return builder.build();
  }

  private static void event(
      ContentBuilder builder, Understood span, Attributes attributes, EventRule rule) {
    if (rule.side() == Side.BOTH) {
      call(builder, span, attributes);
    } else {
      builder.event(rule, attributes);
    }
  }

  private static void call(ContentBuilder builder, Understood span, Attributes attributes) {
    builder.messages(Side.INPUT, attributes, span.sources(Slot.INPUT));
    builder.messages(Side.OUTPUT, attributes, span.sources(Slot.OUTPUT));
    builder.body(Slot.INSTRUCTIONS, attributes, span.sources(Slot.INSTRUCTIONS));
    builder.body(Slot.TOOLS, attributes, span.sources(Slot.TOOLS));
  }

  /// Content of a log record that belongs to a span.
  ///
  /// @param record understood as if it were a span
  /// @param body of the record, as a tree
  public Content late(EventRule rule, Understood record, JsonNode body) {
    ContentBuilder builder = new ContentBuilder(table, inlineBytesMax);
    if (rule.side() == Side.BOTH) {
      call(builder, record, record.subject().attributes());
      if (body.isObject()) {
        builder.call(body);
      }
    } else if (!builder.event(rule, body)) {
      builder.event(rule, record.subject().attributes());
    }
    return builder.build().content();
  }
}
