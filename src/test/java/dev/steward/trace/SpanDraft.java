// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Spend;
import dev.steward.domain.Usage;
import dev.steward.trace.span.Charge;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A span for tests, said in few words.
public final class SpanDraft {
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final String trace;
  private final String id;
  private @Nullable String parent;
  private final SpanKind kind;
  private String name = "";
  private Span.Status status = Span.Status.OK;
  private @Nullable String error;
  private Instant startedAt = NOON;
  private Duration lasted = Duration.ofSeconds(1);
  private Duration delay = Duration.ZERO;
  private @Nullable Instant received;
  private @Nullable String agent;
  private @Nullable String sender;
  private @Nullable String version;
  private @Nullable String environment;
  private @Nullable String workflow;
  private @Nullable String task;
  private @Nullable String run;
  private @Nullable String conversation;
  private String service = "shop";
  private @Nullable ModelFacts model;
  private @Nullable ToolFacts tool;
  private Content content = Content.NONE;
  private @Nullable Usage usage;
  private @Nullable Cost cost;
  private List<Charge> charges = List.of();
  private String attributes = "{}";
  private @Nullable String resource;
  private List<Raw.Link> links = List.of();
  private List<Raw.Event> events = List.of();
  private String salt = "";
  private String scope = "test";

  private SpanDraft(SpanKind kind, String trace, String id) {
    this.kind = kind;
    this.trace = trace;
    this.id = id;
  }

  /// @param trace any number, 1 becomes 000...1
  public static SpanDraft span(SpanKind kind, long trace, long id) {
    return new SpanDraft(kind, trace(trace), id(id)).named(kind + " " + id);
  }

  public static String trace(long number) {
    return String.format("%032x", number);
  }

  public static String id(long number) {
    return String.format("%016x", number);
  }

  public SpanDraft under(long parentId) {
    parent = id(parentId);
    return this;
  }

  public SpanDraft named(String words) {
    name = words;
    return this;
  }

  /// Not said how it ended.
  public SpanDraft unended() {
    status = Span.Status.UNSET;
    return this;
  }

  public SpanDraft failed() {
    return failed("it broke");
  }

  public SpanDraft failed(String words) {
    status = Span.Status.ERROR;
    error = words;
    return this;
  }

  /// Seconds after noon.
  public SpanDraft at(long seconds) {
    startedAt = NOON.plusSeconds(seconds);
    return this;
  }

  public SpanDraft at(Instant start) {
    startedAt = start;
    return this;
  }

  public SpanDraft lasting(Duration duration) {
    lasted = duration;
    return this;
  }

  public SpanDraft receivedAfter(Duration pause) {
    delay = pause;
    return this;
  }

  public SpanDraft received(Instant at) {
    received = at;
    return this;
  }

  public SpanDraft by(String agentName) {
    agent = agentName;
    return this;
  }

  /// @param agentName whose key it came with
  public SpanDraft sentBy(String agentName) {
    sender = agentName;
    agent = agent == null ? agentName : agent;
    return this;
  }

  public SpanDraft from(String serviceName) {
    service = serviceName;
    return this;
  }

  public SpanDraft version(String text) {
    version = text;
    return this;
  }

  public SpanDraft environment(String text) {
    environment = text;
    return this;
  }

  public SpanDraft workflow(String text) {
    workflow = text;
    return this;
  }

  public SpanDraft task(String text) {
    task = text;
    return this;
  }

  public SpanDraft conversation(String text) {
    conversation = text;
    return this;
  }

  public SpanDraft model(String modelName) {
    model =
        new ModelFacts(
            "openai", modelName, modelName, "resp-" + id, List.of("stop"), "{\"n\":1}", 0.25);
    return this;
  }

  /// With this response id; the model must be said before.
  public SpanDraft answering(String responseId) {
    ModelFacts said = java.util.Objects.requireNonNull(model, "say the model first");
    return model(said, responseId, said.parametersJson());
  }

  /// With these parameters; the model must be said before.
  public SpanDraft parameters(String json) {
    ModelFacts said = java.util.Objects.requireNonNull(model, "say the model first");
    return model(said, said.responseId(), json);
  }

  /// Where another model answered than was asked for; the model must be said before.
  public SpanDraft answeredBy(String modelName) {
    ModelFacts said = java.util.Objects.requireNonNull(model, "say the model first");
    model = ModelFacts.named(said.provider(), said.requestModel(), modelName, List.of("stop"));
    return this;
  }

  private SpanDraft model(ModelFacts said, @Nullable String responseId, String parameters) {
    model =
        new ModelFacts(
            said.provider(),
            said.requestModel(),
            said.responseModel(),
            responseId,
            said.finishReasons(),
            parameters,
            said.firstChunkSeconds());
    return this;
  }

  public SpanDraft tool(String toolName, @Nullable String callId) {
    tool = new ToolFacts(toolName, null, callId, "function");
    return this;
  }

  public SpanDraft tool(@Nullable String server, String toolName, @Nullable String callId) {
    tool = new ToolFacts(toolName, server, callId, "function");
    return this;
  }

  /// With the id that the model gave the call; the tool must be said before.
  public SpanDraft calling(String callId) {
    ToolFacts said = java.util.Objects.requireNonNull(tool, "say the tool first");
    return tool(said.server(), said.name(), callId);
  }

  public SpanDraft run(String name) {
    run = name;
    return this;
  }

  public SpanDraft usage(long input, long output) {
    usage = Usage.of(input, output);
    return this;
  }

  public SpanDraft usage(Usage all) {
    usage = all;
    return this;
  }

  public SpanDraft cost(String amount) {
    cost = new Cost.Known(new BigDecimal(amount), "USD", Cost.Source.PRICED, "row-1");
    return this;
  }

  public SpanDraft in(String currency) {
    if (cost instanceof Cost.Known known) {
      cost = new Cost.Known(known.amount(), currency, known.source(), known.basis());
    }
    return this;
  }

  /// What else it cost, by a price of this provider; null for an unknown cost.
  public SpanDraft charged(Spend what, String provider, @Nullable String amount) {
    List<Charge> all = new ArrayList<>(charges);
    Cost cost =
        amount == null
            ? new Cost.Unknown("no count")
            : new Cost.Known(new BigDecimal(amount), "USD", Cost.Source.PRICED, "row-2");
    all.add(new Charge(what, provider, amount == null ? null : BigDecimal.ONE, cost));
    charges = all;
    return this;
  }

  public SpanDraft costUnknown() {
    cost = new Cost.Unknown("no price for this model");
    return this;
  }

  public SpanDraft says(Content whole) {
    content = whole;
    return this;
  }

  public SpanDraft asked(String... userTexts) {
    content =
        new Content(
            java.util.Arrays.stream(userTexts).map(SpanDraft::user).toList(),
            content.output(),
            null,
            null,
            null,
            null,
            null);
    return this;
  }

  public SpanDraft attributes(String json) {
    attributes = json;
    return this;
  }

  public SpanDraft resource(String json) {
    resource = json;
    return this;
  }

  /// Told by our own gateway.
  public SpanDraft byGateway() {
    scope = "steward.gateway";
    return this;
  }

  public SpanDraft links(Raw.Link... targets) {
    links = List.of(targets);
    return this;
  }

  public SpanDraft events(Raw.Event... all) {
    events = List.of(all);
    return this;
  }

  /// Makes another version of the same span.
  public SpanDraft changed(String what) {
    salt = what;
    return this;
  }

  public static Message user(String text) {
    return message("user", text);
  }

  public static Message message(String role, String text) {
    return Message.of(
        "{\"role\":\"" + role + "\",\"parts\":[{\"type\":\"text\",\"content\":\"" + text + "\"}]}");
  }

  public Span build() {
    Instant ended = startedAt.plus(lasted);
    Raw raw =
        new Raw(
            attributes,
            resource == null ? "{\"service.name\":\"" + service + "\"}" : resource,
            scope,
            "1",
            1,
            "",
            events,
            links,
            "genai/1");
    return new Span(
        new SpanKey(trace, id),
        parent,
        kind,
        name,
        status,
        error,
        startedAt,
        ended,
        received == null ? ended.plus(delay) : received,
        new Origin(
            service, agent, version, environment, workflow, task, conversation, run, null, sender),
        model,
        tool,
        content,
        usage,
        cost,
        charges,
        raw,
        Digest.of(trace + id + salt));
  }
}
