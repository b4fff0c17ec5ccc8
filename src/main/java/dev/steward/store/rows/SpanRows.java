// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.rows;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.fact.SpanFacts;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.Teller;
import dev.steward.trace.span.ToolFacts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// A span as a row of its table, there and back. The columns stand in the order of the schema.
public final class SpanRows {
  private SpanRows() {}

  public static void append(
      Row row, LocalDate day, Span span, SpanFacts facts, ContentIntake intake)
      throws SQLException {
    row.begin()
        .day(day)
        .trace(span.key().traceId())
        .span(span.key().spanId())
        .span(span.parentSpanId())
        .tiny(Codes.of(Codes.KINDS, span.kind()))
        .tiny(Codes.of(Codes.SPAN_STATUSES, span.status()))
        .text(span.name())
        .text(span.error())
        .at(span.startedAt())
        .big(Ids.nanos(span.endedAt()) - Ids.nanos(span.startedAt()))
        .at(span.received());
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
    ModelFacts model = span.model();
    appendModel(row, model, model == null ? null : intake.text(day, model.parametersJson()));
    appendTool(row, span.tool());
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
        .text(intake.text(day, raw.resourceJson()))
        .text(raw.scopeName())
        .text(raw.scopeVersion())
        .tiny(raw.otelKind())
        .text(raw.traceState())
        .text(intake.text(day, SpanColumns.events(raw.events())))
        .text(intake.text(day, SpanColumns.links(raw.links())))
        .text(raw.dialect())
        .id(Ids.half(span.digest()))
        .id(Ids.otherHalf(span.digest()))
        .text(span.origin().sender())
        .text(SpanColumns.charges(span.charges()))
        .end();
  }

  private static void appendModel(Row row, @Nullable ModelFacts model, @Nullable String parameters)
      throws SQLException {
    row.text(model == null ? null : model.provider())
        .text(model == null ? null : model.requestModel())
        .text(model == null ? null : model.responseModel())
        .text(model == null ? null : model.responseId())
        .text(model == null ? null : SpanColumns.texts(model.finishReasons()))
        .text(parameters)
        .real(model == null ? null : model.firstChunkSeconds());
  }

  private static void appendTool(Row row, @Nullable ToolFacts tool) throws SQLException {
    row.text(tool == null ? null : tool.name())
        .text(tool == null ? null : tool.server())
        .text(tool == null ? null : tool.callId())
        .text(tool == null ? null : tool.type());
  }

  /// A span without its content, and where that lies.
  public record Stored(LocalDate day, Span span, ContentRefs refs) {}

  public static Stored read(ResultSet row) throws SQLException {
    Cells cells = new Cells(row);
    LocalDate day = cells.day();
    SpanKey key = new SpanKey(Ids.trace(cells.id()), Ids.span(cells.big()));
    String parent = Ids.spanOrNull(cells.bigOrNull());
    SpanKind kind = Codes.KINDS.get(cells.tiny());
    Span.Status status = Codes.SPAN_STATUSES.get(cells.tiny());
    String name = cells.text();
    String error = cells.textOrNull();
    long started = cells.big();
    Instant endedAt = Ids.at(started + cells.big());
    Instant received = Ids.at(cells.big());
    Origin origin = origin(cells);
    ModelFacts model = model(cells);
    ToolFacts tool = tool(cells);
    Long input = cells.bigOrNull();
    Long output = cells.bigOrNull();
    Usage usage = SpanColumns.usage(cells.textOrNull(), input, output);
    Cost cost = SpanColumns.cost(cells.amountOrNull(), cells.textOrNull());
    cells.textOrNull();
    cells.text();
    cells.yes();
    ContentRefs refs = ContentRefs.read(cells);
    Raw raw = raw(cells);
    Digest digest = Ids.digest(cells.id(), cells.id());
    String sender = cells.textOrNull();
    Span span =
        new Span(
            key,
            parent,
            kind,
            name,
            status,
            error,
            Ids.at(started),
            endedAt,
            received,
            origin.sentBy(sender),
            model,
            tool,
            Content.NONE,
            usage,
            cost,
            SpanColumns.charges(cells.textOrNull()),
            raw,
            digest);
    return new Stored(day, span, refs);
  }

  /// What stands together of it; the sender was added at the end of the table.
  private static Origin origin(Cells cells) throws SQLException {
    return new Origin(
        cells.text(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        cells.textOrNull(),
        null);
  }

  private static @Nullable ModelFacts model(Cells cells) throws SQLException {
    String provider = cells.textOrNull();
    String requestModel = cells.textOrNull();
    String responseModel = cells.textOrNull();
    String responseId = cells.textOrNull();
    String finish = cells.textOrNull();
    String parameters = cells.textOrNull();
    Double firstChunk = cells.realOrNull();
    return parameters == null
        ? null
        : new ModelFacts(
            provider,
            requestModel,
            responseModel,
            responseId,
            SpanColumns.texts(finish),
            parameters,
            firstChunk);
  }

  private static @Nullable ToolFacts tool(Cells cells) throws SQLException {
    String name = cells.textOrNull();
    String server = cells.textOrNull();
    String callId = cells.textOrNull();
    String type = cells.textOrNull();
    return name == null ? null : new ToolFacts(name, server, callId, type);
  }

  private static Raw raw(Cells cells) throws SQLException {
    return new Raw(
        cells.text(),
        cells.text(),
        cells.text(),
        cells.text(),
        cells.tiny(),
        cells.text(),
        LongText.events(cells.text()),
        LongText.links(cells.text()),
        cells.text());
  }

  /// Columns that `facts` reads, in its order.
  public static final String FACTS =
      "trace, span, parent, kind, status, started, lasted, received, service, agent, version,"
          + " environment, workflow, task, conversation, run, person, sender, request_model,"
          + " response_model, tool, server, call_id, tool_type, source, input_tokens,"
          + " output_tokens, cost, cost_about, title, waiting, response_id, scope, digest_high,"
          + " digest_low, name, provider, charges";

  public static SpanFacts facts(ResultSet row) throws SQLException {
    Cells cells = new Cells(row);
    SpanKey key = new SpanKey(Ids.trace(cells.id()), Ids.span(cells.big()));
    String parent = Ids.spanOrNull(cells.bigOrNull());
    SpanKind kind = Codes.KINDS.get(cells.tiny());
    Span.Status status = Codes.SPAN_STATUSES.get(cells.tiny());
    long started = cells.big();
    Instant endedAt = Ids.at(started + cells.big());
    Instant received = Ids.at(cells.big());
    Origin origin = origin(cells).sentBy(cells.textOrNull());
    String requestModel = cells.textOrNull();
    String responseModel = cells.textOrNull();
    return new SpanFacts(
        key,
        parent,
        kind,
        status == Span.Status.ERROR,
        Ids.at(started),
        endedAt,
        received,
        origin,
        responseModel == null ? requestModel : responseModel,
        tool(cells),
        cells.textOrNull(),
        cells.bigOrNull(),
        cells.bigOrNull(),
        SpanColumns.cost(cells.amountOrNull(), cells.textOrNull()),
        cells.text(),
        cells.yes(),
        cells.textOrNull(),
        Teller.of(cells.text(), kind, status),
        Ids.digest(cells.id(), cells.id()),
        cells.text(),
        cells.textOrNull(),
        SpanColumns.charges(cells.textOrNull()));
  }

  public static @Nullable Long big(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  public static @Nullable Double real(ResultSet row, String column) throws SQLException {
    double number = row.getDouble(column);
    return row.wasNull() ? null : Double.valueOf(number);
  }
}
