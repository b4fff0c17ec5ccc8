// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.Digest;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Texts that are too long for one row. A checkpoint holds a vector of 2,048 rows in memory at
/// once, so a column of long texts would break the memory limit: they lie in parts in the table of
/// contents, and the column names them.
public final class LongText {
  /// Characters in one column of one row.
  public static final int PART = 16_384;

  public static final String MARK = "@steward-text:";

  private LongText() {}

  public static boolean isLong(String text) {
    return text.length() > PART;
  }

  public static String mark(Digest hash) {
    return MARK + hash.hex();
  }

  /// The hash that a column names instead of a text, null when it holds the text itself.
  public static @Nullable Digest marked(String text) {
    return text.startsWith(MARK) ? new Digest(text.substring(MARK.length())) : null;
  }

  /// Names and the like are cut rather than taken apart.
  public static String clipped(String text) {
    return isLong(text) ? text.substring(0, cut(text, PART - 1)) + "…" : text;
  }

  public static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    while (text.length() - from > PART) {
      int to = cut(text, from + PART);
      parts.add(text.substring(from, to));
      from = to;
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static int cut(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
  }

  /// Events as they are read, or the name of the text that holds them.
  public static List<Raw.Event> events(String column) {
    return marked(column) == null
        ? SpanColumns.events(column)
        : List.of(new Raw.Event(column, Instant.EPOCH, ""));
  }

  /// Links as they are read, or the name of the text that holds them.
  public static List<Raw.Link> links(String column) {
    return marked(column) == null
        ? SpanColumns.links(column)
        : List.of(new Raw.Link(new SpanKey("", ""), column));
  }

  /// Hashes of the long texts of a span that was read.
  public static List<Digest> named(Span span) {
    Raw raw = span.raw();
    ModelFacts model = span.model();
    return Stream.of(
            marked(raw.attributesJson()),
            marked(raw.resourceJson()),
            events(raw),
            links(raw),
            model == null ? null : marked(model.parametersJson()))
        .filter(Objects::nonNull)
        .toList();
  }

  /// The span with its content and its long texts in place of their names.
  public static Span restored(Span span, Content content, Function<Digest, String> texts) {
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
        restored(span.model(), texts),
        span.tool(),
        content,
        span.usage(),
        span.cost(),
        span.charges(),
        restored(span.raw(), texts),
        span.digest());
  }

  private static @Nullable ModelFacts restored(
      @Nullable ModelFacts model, Function<Digest, String> texts) {
    return model == null || marked(model.parametersJson()) == null
        ? model
        : new ModelFacts(
            model.provider(),
            model.requestModel(),
            model.responseModel(),
            model.responseId(),
            model.finishReasons(),
            restored(model.parametersJson(), texts),
            model.firstChunkSeconds());
  }

  private static Raw restored(Raw raw, Function<Digest, String> texts) {
    Digest events = events(raw);
    Digest links = links(raw);
    return new Raw(
        restored(raw.attributesJson(), texts),
        restored(raw.resourceJson(), texts),
        raw.scopeName(),
        raw.scopeVersion(),
        raw.otelKind(),
        raw.traceState(),
        events == null ? raw.events() : SpanColumns.events(texts.apply(events)),
        links == null ? raw.links() : SpanColumns.links(texts.apply(links)),
        raw.dialect());
  }

  private static String restored(String column, Function<Digest, String> texts) {
    Digest hash = marked(column);
    return hash == null ? column : texts.apply(hash);
  }

  private static @Nullable Digest events(Raw raw) {
    return raw.events().size() == 1 ? marked(raw.events().getFirst().name()) : null;
  }

  private static @Nullable Digest links(Raw raw) {
    return raw.links().size() == 1 ? marked(raw.links().getFirst().attributesJson()) : null;
  }
}
