// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Raw;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.SpanKey;
import dev.steward.trace.span.ToolFacts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Writes the spans of one trace by hand, one after the other on a clock of its own.
public final class SpanScript {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String traceId;
  private final String environment;
  private final @Nullable String conversation;
  private final List<Span> spans = new ArrayList<>();
  private final List<Message> history = new ArrayList<>();
  private Instant now;
  private int next = 1;
  private String agent;
  private String parent = "";

  public SpanScript(long seed, String agent, String environment, Instant start) {
    traceId = Digest.of("trace" + seed).hex().substring(0, 32);
    this.agent = agent;
    this.environment = environment;
    conversation = "conv_" + Digest.of("conversation" + seed).hex().substring(0, 12);
    now = start;
  }

  public String traceId() {
    return traceId;
  }

  public Instant now() {
    return now;
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  public void pause(long millis) {
    now = now.plusMillis(millis);
  }

  /// Runs the body as the work of an agent; its own span comes when it is done, if it ends at all.
  public SpanScript agent(
      String name, String asked, boolean ends, @Nullable String error, Runnable body) {
    String outerAgent = agent;
    String outerParent = parent;
    List<Message> outerHistory = List.copyOf(history);
    String id = id();
    Instant start = now;
    agent = name;
    parent = id;
    history.clear();
    Message question = said("user", asked);
    history.add(question);
    body.run();
    agent = name;
    parent = outerParent;
    if (ends) {
      Content content = new Content(List.of(question), List.of(), null, null, null, null, null);
      add(
          id,
          SpanKind.AGENT,
          "invoke_agent " + name,
          start,
          error,
          null,
          null,
          content,
          null,
          null,
          Map.of());
    }
    agent = outerAgent;
    history.clear();
    history.addAll(outerHistory);
    return this;
  }

  public void instructed(String text) {
    history.addFirst(said("system", text));
  }

  /// Puts a question and its answer before what was asked in this run.
  public void earlier(String question, String answer) {
    history.addFirst(said("assistant", answer));
    history.addFirst(said("user", question));
  }

  /// The same spans from a framework that records messages on model calls only.
  public List<Span> withoutAgentContent() {
    return spans.stream()
        .map(span ->
            span.kind() == SpanKind.AGENT
                ? new Span(
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
                    null,
                    null,
                    Content.NONE,
                    null,
                    null,
                    List.of(),
                    span.raw(),
                    span.digest())
                : span)
        .toList();
  }

  public void heard(String text) {
    history.add(said("user", text));
  }

  public void model(
      String model,
      long millis,
      long in,
      long out,
      @Nullable String price,
      String text,
      String... calls) {
    Instant start = now;
    now = now.plusMillis(millis);
    List<Object> parts = new ArrayList<>();
    if (!text.isEmpty()) {
      parts.add(Map.of("type", "text", "content", text));
    }
    for (int i = 0; i + 2 < calls.length; i += 3) {
      parts.add(
          Map.of(
              "type",
              "tool_call",
              "id",
              calls[i],
              "name",
              calls[i + 1],
              "arguments",
              JSON.readTree(calls[i + 2])));
    }
    Message answer =
        Message.of(JSON.writeValueAsString(Map.of("role", "assistant", "parts", parts)));
    Cost cost =
        price == null
            ? new Cost.Unknown("no price for model " + model)
            : new Cost.Known(new BigDecimal(price), "USD", Cost.Source.PRICED, "d0");
    Content content =
        new Content(List.copyOf(history), List.of(answer), null, null, null, null, null);
    history.add(answer);
    ModelFacts facts =
        new ModelFacts(
            "openai",
            model,
            model + "-2026-08-07",
            "resp_" + next,
            List.of("stop"),
            "{\"temperature\":0,\"max_tokens\":1024}",
            0.42);
    Map<String, Object> attributes =
        Map.of(
            "gen_ai.operation.name",
            "chat",
            "gen_ai.provider.name",
            "openai",
            "gen_ai.request.model",
            model,
            "gen_ai.usage.input_tokens",
            in,
            "gen_ai.usage.output_tokens",
            out,
            "server.address",
            "api.openai.com",
            "app.note",
            "free text of the agent");
    add(
        id(),
        SpanKind.MODEL,
        "chat " + model,
        start,
        null,
        facts,
        null,
        content,
        in < 0 ? null : Usage.of(in, out),
        cost,
        attributes);
  }

  public void brokenModel(String model, long millis, String error) {
    Instant start = now;
    now = now.plusMillis(millis);
    Content content = new Content(List.copyOf(history), List.of(), null, null, null, null, null);
    ModelFacts facts = new ModelFacts("openai", model, null, null, List.of(), "{}", null);
    add(
        id(),
        SpanKind.MODEL,
        "chat " + model,
        start,
        error,
        facts,
        null,
        content,
        null,
        new Cost.Unknown("no usage reported"),
        Map.of("error.type", "500"));
  }

  public void tool(
      String callId,
      String server,
      String name,
      long millis,
      String arguments,
      @Nullable String result,
      @Nullable String error) {
    Instant start = now;
    now = now.plusMillis(millis);
    Content content =
        new Content(
            List.of(),
            List.of(),
            null,
            null,
            Message.of(arguments),
            result == null ? null : Message.of(result),
            null);
    history.add(response(callId, result == null ? "{\"error\":\"" + error + "\"}" : result));
    add(
        id(),
        SpanKind.TOOL,
        "execute_tool " + name,
        start,
        error,
        null,
        new ToolFacts(name, server, callId, "function"),
        content,
        null,
        null,
        Map.of(
            "gen_ai.operation.name",
            "execute_tool",
            "gen_ai.tool.name",
            name,
            "gen_ai.tool.call.id",
            callId));
  }

  public void search(String query, String documents, long millis) {
    Instant start = now;
    now = now.plusMillis(millis);
    Content content =
        new Content(
            List.of(), List.of(), null, null, Message.of(query), null, Message.of(documents));
    add(
        id(),
        SpanKind.RETRIEVER,
        "search handbook",
        start,
        null,
        null,
        null,
        content,
        null,
        null,
        Map.of("db.system.name", "pgvector"));
  }

  public void wrapping(String name, Runnable body) {
    String outer = parent;
    String id = id();
    Instant start = now;
    parent = id;
    body.run();
    parent = outer;
    add(id, SpanKind.STEP, name, start, null, null, null, Content.NONE, null, null, Map.of());
  }

  private void add(
      String id,
      SpanKind kind,
      String name,
      Instant start,
      @Nullable String error,
      @Nullable ModelFacts model,
      @Nullable ToolFacts tool,
      Content content,
      @Nullable Usage usage,
      @Nullable Cost cost,
      Map<String, Object> attributes) {
    Origin origin =
        new Origin(
            agent + "-service",
            agent,
            null,
            environment,
            null,
            null,
            conversation,
            null,
            null,
            null);
    Raw raw =
        new Raw(
            JSON.writeValueAsString(attributes),
            "{\"service.name\":\"" + agent + "-service\",\"telemetry.sdk.language\":\"python\"}",
            "opentelemetry.instrumentation.genai",
            "2.0",
            1,
            "",
            List.of(),
            List.of(),
            "genai-1.37@3");
    Digest digest = Digest.of(traceId + id + now);
    spans.add(
        new Span(
            new SpanKey(traceId, id),
            parent.isEmpty() ? null : parent,
            kind,
            name,
            error == null ? Span.Status.OK : Span.Status.ERROR,
            error,
            start,
            now,
            now.plusMillis(180),
            origin,
            model,
            tool,
            content,
            usage,
            cost,
            List.of(),
            raw,
            digest));
  }

  private String id() {
    return Digest.of(traceId + next++).hex().substring(0, 16);
  }

  private static Message said(String role, String text) {
    return Message.of(
        JSON.writeValueAsString(
            Map.of("role", role, "parts", List.of(Map.of("type", "text", "content", text)))));
  }

  private static Message response(String callId, String result) {
    return Message.of(
        JSON.writeValueAsString(
            Map.of(
                "role",
                "tool",
                "parts",
                List.of(
                    Map.of(
                        "type",
                        "tool_call_response",
                        "id",
                        callId,
                        "response",
                        JSON.readTree(result))))));
  }
}
