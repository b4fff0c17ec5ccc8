// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.form;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.content.ContentReader;
import dev.steward.trace.content.SpanContent;
import dev.steward.trace.dialect.Attributes;
import dev.steward.trace.dialect.DialectTable;
import dev.steward.trace.dialect.Field;
import dev.steward.trace.dialect.Understood;
import dev.steward.trace.dialect.UsageReader;
import dev.steward.trace.rate.PriceBook;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Brings one span of the wire to the one form.
public final class SpanForm {
  private static final String USD = "USD";

  private final DialectTable table;
  private final UsageReader usages;
  private final ContentReader contents;
  private final PriceBook prices;
  private final Charges charges;
  private final Origins origins = new Origins();

  public SpanForm(DialectTable table, PriceBook prices, int inlineBytesMax) {
    this.table = table;
    this.prices = prices;
    charges = new Charges(prices);
    usages = new UsageReader(table);
    contents = new ContentReader(table, inlineBytesMax);
  }

  /// @param digest of the span's bytes and of what is around it
  public Span read(
      io.opentelemetry.proto.trace.v1.Span wire,
      Surroundings around,
      JournalRecord record,
      Digest digest) {
    Attributes attributes = Attributes.of(wire.getAttributesList());
    Understood span =
        table.understand(
            new Understood.Subject(
                wire.getName(), around.scopeName(), attributes, around.resource()));
    List<ContentReader.Event> events = events(wire);
    SpanContent content = contents.read(span, events);
    Usage usage = usages.read(span);
    ModelFacts model = model(span, content);
    Instant startedAt = Wire.time(wire.getStartTimeUnixNano());
    Ending ending = Ending.of(wire, span);
    ToolFacts tool = tool(span, wire.getName());
    return new Span(
        new SpanKey(Wire.hex(wire.getTraceId()), Wire.hex(wire.getSpanId())),
        Wire.id(wire.getParentSpanId()),
        span.kind(),
        wire.getName(),
        ending.status(),
        ending.error(),
        startedAt,
        Wire.time(wire.getEndTimeUnixNano()),
        record.received(),
        origins.of(span, around.service(), record.sender()),
        model,
        tool,
        content.content(),
        usage,
        cost(span, model, usage, startedAt),
        charges.of(span, tool, startedAt),
        raw(wire, around, span, events),
        digest);
  }

  private static List<ContentReader.Event> events(io.opentelemetry.proto.trace.v1.Span wire) {
    if (wire.getEventsCount() == 0) {
      return List.of();
    }
    List<ContentReader.Event> events = new ArrayList<>(wire.getEventsCount());
    wire.getEventsList()
        .forEach(event ->
            events.add(
                new ContentReader.Event(
                    event.getName(), Attributes.of(event.getAttributesList()))));
    return events;
  }

  private static @Nullable ModelFacts model(Understood span, SpanContent content) {
    String provider = span.text(Field.PROVIDER);
    String requestModel = span.text(Field.REQUEST_MODEL);
    String responseModel = span.text(Field.RESPONSE_MODEL);
    boolean calls = span.kind() == SpanKind.MODEL || span.kind() == SpanKind.EMBEDDING;
    if (!calls && provider == null && requestModel == null && responseModel == null) {
      return null;
    }
    List<String> finishReasons = span.texts(Field.FINISH_REASONS);
    BigDecimal firstChunk = span.decimal(Field.FIRST_CHUNK);
    return new ModelFacts(
        provider,
        requestModel,
        responseModel,
        span.text(Field.RESPONSE_ID),
        finishReasons.isEmpty() ? content.finishReasons() : finishReasons,
        span.parameters(),
        firstChunk == null ? null : firstChunk.doubleValue());
  }

  private static @Nullable ToolFacts tool(Understood span, String spanName) {
    if (span.kind() != SpanKind.TOOL) {
      return null;
    }
    String name = span.text(Field.TOOL_NAME);
    return new ToolFacts(
        name == null ? spanName : name,
        span.text(Field.TOOL_SERVER),
        span.text(Field.TOOL_CALL_ID),
        span.text(Field.TOOL_TYPE));
  }

  private @Nullable Cost cost(
      Understood span, @Nullable ModelFacts model, @Nullable Usage usage, Instant at) {
    boolean calls = span.kind() == SpanKind.MODEL || span.kind() == SpanKind.EMBEDDING;
    if (!calls || span.repeats() || model == null) {
      return null;
    }
    BigDecimal reported = reportedCost(span);
    if (reported != null) {
      return new Cost.Known(reported, USD, Cost.Source.REPORTED, "");
    }
    Cost cost =
        prices.price(model.provider(), model.responseModel(), model.requestModel(), usage, at);
    JsonNode estimated = span.find(Field.ESTIMATED);
    return estimated != null && estimated.asBoolean(false) ? cost.estimated() : cost;
  }

  private static @Nullable BigDecimal reportedCost(Understood span) {
    BigDecimal total = span.decimal(Field.COST);
    if (total == null) {
      BigDecimal input = span.decimal(Field.COST_INPUT);
      BigDecimal output = span.decimal(Field.COST_OUTPUT);
      total = input == null || output == null ? null : input.add(output);
    }
    return total == null || total.signum() < 0 ? null : total;
  }

  private static Raw raw(
      io.opentelemetry.proto.trace.v1.Span wire,
      Surroundings around,
      Understood span,
      List<ContentReader.Event> events) {
    List<Raw.Event> rawEvents = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      ContentReader.Event event = events.get(i);
      Instant at = Wire.time(wire.getEvents(i).getTimeUnixNano());
      rawEvents.add(new Raw.Event(event.name(), at, event.attributes().remaining()));
    }
    List<Raw.Link> links = new ArrayList<>(wire.getLinksCount());
    wire.getLinksList()
        .forEach(link ->
            links.add(
                new Raw.Link(
                    new SpanKey(Wire.hex(link.getTraceId()), Wire.hex(link.getSpanId())),
                    Attributes.of(link.getAttributesList()).remaining())));
    return new Raw(
        span.subject().attributes().remaining(),
        around.resourceJson(),
        around.scopeName(),
        around.scopeVersion(),
        wire.getKindValue(),
        wire.getTraceState(),
        List.copyOf(rawEvents),
        List.copyOf(links),
        span.dialect());
  }
}
