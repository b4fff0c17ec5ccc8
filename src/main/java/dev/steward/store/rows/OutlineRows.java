// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Spans in outline. Fetching a text out of DuckDB costs ten times what a number does, and the
/// texts of a trace are the same few again and again: so the rows name theirs by hash, and each
/// that is different is fetched once.
public final class OutlineRows {
  private static final String WORDS =
      "name, service, agent, sender, provider, request_model, response_model, finish, tool, server,"
          + " tool_type, cost_about, scope, charges";
  private static final String HASH = "(hash(" + WORDS + ") >> 1)::bigint";

  private static final String COLUMNS =
      HASH
          + ", span, parent, kind, status, error, started, lasted, received, call_id,"
          + " input_tokens, output_tokens, cost, digest_high, digest_low, response_id,"
          + " case when starts_with(scope, '"
          + Teller.SCOPE
          + "') then attributes end";

  private static final String TEXTS = "distinct " + HASH + ", " + WORDS;

  private OutlineRows() {}

  /// What spans have in common.
  private record Words(
      String name,
      Origin origin,
      @Nullable ModelFacts model,
      @Nullable ToolFacts tool,
      @Nullable String costAbout,
      String scope,
      List<Charge> charges) {

    static Words read(Cells cells) throws SQLException {
      return new Words(
          cells.text(),
          Origin.of(cells.text(), cells.textOrNull(), cells.textOrNull()),
          ModelFacts.named(
              cells.textOrNull(),
              cells.textOrNull(),
              cells.textOrNull(),
              SpanColumns.texts(cells.textOrNull())),
          tool(cells.textOrNull(), cells.textOrNull(), cells.textOrNull()),
          cells.textOrNull(),
          cells.text(),
          SpanColumns.charges(cells.textOrNull()));
    }

    private static @Nullable ToolFacts tool(
        @Nullable String name, @Nullable String server, @Nullable String type) {
      return name == null ? null : new ToolFacts(name, server, null, type);
    }

    @Nullable ModelFacts model(@Nullable String responseId) {
      return model == null || responseId == null ? model : model.answering(responseId);
    }

    /// What our gateway did; a text so long that it lies elsewhere is nothing that it writes.
    Raw raw(@Nullable String attributes) {
      return attributes == null
          ? Raw.NONE
          : Raw.gateway(LongText.marked(attributes) == null ? attributes : "{}", scope);
    }

    @Nullable ToolFacts tool(@Nullable String callId) {
      return tool == null || callId == null
          ? tool
          : new ToolFacts(tool.name(), tool.server(), callId, tool.type());
    }
  }

  /// A row before its texts are known.
  private record Bare(
      long words,
      SpanKey key,
      @Nullable String parent,
      SpanKind kind,
      Span.Status status,
      @Nullable String error,
      long started,
      long lasted,
      long received,
      @Nullable String callId,
      @Nullable Long input,
      @Nullable Long output,
      @Nullable BigDecimal cost,
      UUID digestHigh,
      UUID digestLow,
      @Nullable String responseId,
      @Nullable String attributes) {}

  /// Reads a trace's rows.
  ///
  /// @param select answers a list of columns with the trace's rows
  /// @return null when two different texts have one hash, so that nobody can say which is meant
  public static @Nullable List<Span> read(String traceId, Select select) {
    List<Bare> rows = select.rows(COLUMNS, row -> bare(traceId, row));
    Map<Long, Words> words = new HashMap<>();
    for (Map.Entry<Long, Words> entry : select.rows(TEXTS, OutlineRows::words)) {
      if (words.put(entry.getKey(), entry.getValue()) != null) {
        return null;
      }
    }
    List<Span> spans = new ArrayList<>(rows.size());
    for (Bare row : rows) {
      spans.add(span(row, Objects.requireNonNull(words.get(row.words()))));
    }
    return spans;
  }

  /// Answers a list of columns.
  @FunctionalInterface
  public interface Select {
    <T> List<T> rows(String columns, Tables.Mapper<T> mapper);
  }

  private static Map.Entry<Long, Words> words(ResultSet row) throws SQLException {
    Cells cells = new Cells(row);
    return Map.entry(cells.big(), Words.read(cells));
  }

  private static Bare bare(String traceId, ResultSet row) throws SQLException {
    Cells cells = new Cells(row);
    return new Bare(
        cells.big(),
        new SpanKey(traceId, Ids.span(cells.big())),
        Ids.spanOrNull(cells.bigOrNull()),
        Codes.KINDS.get(cells.tiny()),
        Codes.SPAN_STATUSES.get(cells.tiny()),
        cells.textOrNull(),
        cells.big(),
        cells.big(),
        cells.big(),
        cells.textOrNull(),
        cells.bigOrNull(),
        cells.bigOrNull(),
        cells.amountOrNull(),
        cells.id(),
        cells.id(),
        cells.textOrNull(),
        cells.textOrNull());
  }

  private static Span span(Bare row, Words words) {
    return new Span(
        row.key(),
        row.parent(),
        row.kind(),
        words.name(),
        row.status(),
        row.error(),
        Ids.at(row.started()),
        Ids.at(row.started() + row.lasted()),
        Ids.at(row.received()),
        words.origin(),
        words.model(row.responseId()),
        words.tool(row.callId()),
        Content.NONE,
        Usage.sums(row.input(), row.output()),
        SpanColumns.cost(row.cost(), words.costAbout()),
        words.charges(),
        words.raw(row.attributes()),
        Ids.digest(row.digestHigh(), row.digestLow()));
  }
}
