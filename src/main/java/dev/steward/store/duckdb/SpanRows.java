// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.duckdb;

import dev.steward.domain.SpanKind;
import dev.steward.trace.assembly.SpanFacts;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.ToolFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A span as a row of its table, there and back. The columns stand in the order of the schema.
final class SpanRows {
  private static final SpanKind[] KINDS = SpanKind.values();
  private static final Span.Status[] STATUSES = Span.Status.values();

  private SpanRows() {}

  static void append(Row row, LocalDate day, Span span, SpanFacts facts, ContentIntake intake)
      throws SQLException {
    String parent = span.parentSpanId();
    row.begin()
        .day(day)
        .id(Ids.trace(span.key().traceId()))
        .big(Ids.span(span.key().spanId()))
        .big(parent == null ? null : Long.valueOf(Ids.span(parent)))
        .tiny(span.kind().ordinal())
        .tiny(span.status().ordinal())
        .text(span.name())
        .text(span.error())
        .big(Ids.nanos(span.startedAt()))
        .big(Ids.nanos(span.endedAt()) - Ids.nanos(span.startedAt()))
        .big(Ids.nanos(span.received()));
    Origin origin = span.origin();
    row.text(origin.service())
        .text(origin.agent())
        .text(origin.version())
        .text(origin.environment())
        .text(origin.workflow())
        .text(origin.task())
        .text(origin.conversation())
        .text(origin.run())
        .text(origin.user());
    appendModelAndTool(row, span.model(), span.tool());
    row.big(facts.inputTokens())
        .big(facts.outputTokens())
        .text(SpanColumns.usage(span.usage()))
        .amount(SpanColumns.amount(span.cost()))
        .text(SpanColumns.costAbout(span.cost()))
        .text(facts.source())
        .text(facts.title())
        .yes(facts.waiting());
    intake.take(day, span.content()).append(row);
    Raw raw = span.raw();
    row.text(intake.text(day, raw.attributesJson()))
        .text(raw.resourceJson())
        .text(raw.scopeName())
        .text(raw.scopeVersion())
        .tiny(raw.otelKind())
        .text(raw.traceState())
        .text(intake.text(day, SpanColumns.events(raw.events())))
        .text(SpanColumns.links(raw.links()))
        .text(raw.dialect())
        .id(Ids.half(span.digest()))
        .id(Ids.otherHalf(span.digest()))
        .end();
  }

  private static void appendModelAndTool(
      Row row, @Nullable ModelFacts model, @Nullable ToolFacts tool) throws SQLException {
    row.text(model == null ? null : model.provider())
        .text(model == null ? null : model.requestModel())
        .text(model == null ? null : model.responseModel())
        .text(model == null ? null : model.responseId())
        .text(model == null ? null : SpanColumns.texts(model.finishReasons()))
        .text(model == null ? null : model.parametersJson())
        .real(model == null ? null : model.firstChunkSeconds())
        .text(tool == null ? null : tool.name())
        .text(tool == null ? null : tool.server())
        .text(tool == null ? null : tool.callId())
        .text(tool == null ? null : tool.type());
  }

  /// A span without its content, and where that lies.
  record Stored(LocalDate day, Span span, ContentRefs refs) {}

  static Stored read(ResultSet row) throws SQLException {
    SpanKey key =
        new SpanKey(Ids.trace(row.getObject("trace", UUID.class)), Ids.span(row.getLong("span")));
    long started = row.getLong("started");
    ContentRefs refs = ContentRefs.read(row);
    Span span =
        new Span(
            key,
            parent(row),
            KINDS[row.getByte("kind")],
            row.getString("name"),
            STATUSES[row.getByte("status")],
            row.getString("error"),
            Ids.at(started),
            Ids.at(started + row.getLong("lasted")),
            Ids.at(row.getLong("received")),
            origin(row),
            model(row),
            tool(row),
            Content.NONE,
            SpanColumns.usage(
                row.getString("usage"), big(row, "input_tokens"), big(row, "output_tokens")),
            SpanColumns.cost(row.getBigDecimal("cost"), row.getString("cost_about")),
            raw(row),
            Ids.digest(
                row.getObject("digest_high", UUID.class),
                row.getObject("digest_low", UUID.class)));
    return new Stored(row.getObject("day", LocalDate.class), span, refs);
  }

  private static Origin origin(ResultSet row) throws SQLException {
    return new Origin(
        row.getString("service"),
        row.getString("agent"),
        row.getString("version"),
        row.getString("environment"),
        row.getString("workflow"),
        row.getString("task"),
        row.getString("conversation"),
        row.getString("run"),
        row.getString("person"));
  }

  private static @Nullable ModelFacts model(ResultSet row) throws SQLException {
    String parameters = row.getString("parameters");
    if (parameters == null) {
      return null;
    }
    return new ModelFacts(
        row.getString("provider"),
        row.getString("request_model"),
        row.getString("response_model"),
        row.getString("response_id"),
        SpanColumns.texts(row.getString("finish")),
        parameters,
        real(row, "first_chunk"));
  }

  private static @Nullable ToolFacts tool(ResultSet row) throws SQLException {
    String name = row.getString("tool");
    return name == null
        ? null
        : new ToolFacts(
            name,
            row.getString("server"),
            row.getString("call_id"),
            row.getString("tool_type"));
  }

  private static Raw raw(ResultSet row) throws SQLException {
    return new Raw(
        row.getString("attributes"),
        row.getString("resource"),
        row.getString("scope"),
        row.getString("scope_version"),
        row.getByte("otel_kind"),
        row.getString("trace_state"),
        LongText.events(row.getString("events")),
        SpanColumns.links(row.getString("links")),
        row.getString("dialect"));
  }

  /// Columns that `facts` reads.
  static final String FACTS =
      "trace, span, parent, kind, status, started, lasted, received, service, agent, version,"
          + " environment, workflow, task, conversation, run, person, request_model,"
          + " response_model, tool, server, call_id, tool_type, source, input_tokens,"
          + " output_tokens, cost, cost_about, title, waiting, digest_high, digest_low";

  static SpanFacts facts(ResultSet row) throws SQLException {
    long started = row.getLong("started");
    Instant startedAt = Ids.at(started);
    String response = row.getString("response_model");
    return new SpanFacts(
        new SpanKey(Ids.trace(row.getObject("trace", UUID.class)), Ids.span(row.getLong("span"))),
        parent(row),
        KINDS[row.getByte("kind")],
        STATUSES[row.getByte("status")] == Span.Status.ERROR,
        startedAt,
        Ids.at(started + row.getLong("lasted")),
        Ids.at(row.getLong("received")),
        origin(row),
        response == null ? row.getString("request_model") : response,
        tool(row),
        row.getString("source"),
        big(row, "input_tokens"),
        big(row, "output_tokens"),
        SpanColumns.cost(row.getBigDecimal("cost"), row.getString("cost_about")),
        row.getString("title"),
        row.getBoolean("waiting"),
        Ids.digest(
            row.getObject("digest_high", UUID.class), row.getObject("digest_low", UUID.class)));
  }

  private static @Nullable String parent(ResultSet row) throws SQLException {
    long parent = row.getLong("parent");
    return row.wasNull() ? null : Ids.span(parent);
  }

  static @Nullable Long big(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  static @Nullable Double real(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(number);
  }
}
