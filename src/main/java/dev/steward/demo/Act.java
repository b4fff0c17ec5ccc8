// SPDX-License-Identifier: Apache-2.0
package dev.steward.demo;

import dev.steward.demo.Mind.Matter;
import dev.steward.demo.Mind.Thought;
import dev.steward.demo.talk.RefusedException;
import dev.steward.demo.talk.ScriptedModel;
import dev.steward.demo.talk.Words;
import dev.steward.demo.tool.Hands;
import dev.steward.demo.tool.Returned;
import dev.steward.demo.tool.ToolAsking;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One invocation of an agent as it is being played: every line of the script becomes a span of the
/// GenAI conventions, sent by the real exporter.
final class Act {
  private final Stage stage;
  private final Timeline timeline;
  private final String agent;
  private final String conversation;
  private final String instructions;
  private final Span span;
  private final Context context;
  private final List<ObjectNode> messages = new ArrayList<>();
  private final boolean outermost;
  private ScriptedModel model;
  private Matter matter;
  private List<Integer> troubles = List.of();
  private int calls;

  private Act(
      Stage stage,
      Timeline timeline,
      Context parent,
      String agent,
      Matter matter,
      String instructions,
      ScriptedModel model) {
    this.stage = stage;
    this.timeline = timeline;
    this.agent = agent;
    this.conversation = matter.conversation();
    this.matter = matter;
    this.outermost = !Span.fromContext(parent).getSpanContext().isValid();
    this.instructions = instructions;
    this.model = model;
    this.span =
        stage
            .tracer()
            .spanBuilder("invoke_agent " + agent)
            .setSpanKind(SpanKind.INTERNAL)
            .setParent(parent)
            .setStartTimestamp(timeline.now())
            .setAttribute("gen_ai.operation.name", "invoke_agent")
            .setAttribute("gen_ai.agent.name", agent)
            .setAttribute("gen_ai.conversation.id", conversation)
            .startSpan();
    this.context = parent.with(span);
  }

  static Act begin(
      Stage stage,
      Timeline timeline,
      String conversation,
      String instructions,
      ScriptedModel model) {
    Matter matter = new Matter(conversation, "", "");
    return new Act(stage, timeline, Context.root(), stage.agent(), matter, instructions, model);
  }

  /// Names the workflow and the task this run is part of.
  Act of(String workflow, String task) {
    span.setAttribute("gen_ai.workflow.name", workflow);
    span.setAttribute("steward.task.id", task);
    matter = new Matter(conversation, workflow, task);
    return this;
  }

  void on(ScriptedModel other) {
    model = other;
  }

  /// The id of the run, as the server knows it.
  String run() {
    return span.getSpanContext().getTraceId();
  }

  /// What the provider answers first when the model is asked next.
  Act meets(Integer... statuses) {
    troubles = List.of(statuses);
    return this;
  }

  void hears(String text) {
    messages.add(Words.text("user", text));
  }

  /// The model answers in words.
  void says(String text) throws InterruptedException {
    turn(Words.text("assistant", text), "stop");
  }

  /// The model asks for a tool, and the tool answers.
  void uses(String tool, Map<String, ?> arguments, Map<String, ?> result)
      throws InterruptedException {
    JsonNode given = Words.object(arguments);
    String callId = asksFor(tool, given);
    JsonNode returned = Words.object(result);
    Span toolSpan = toolSpan(tool, callId, given);
    timeline.pass(Duration.ofMillis(40 + stage.dice().nextInt(180)));
    toolSpan.setAttribute("gen_ai.tool.call.result", returned.toString());
    end(toolSpan);
    messages.add(Words.toolResult(callId, returned));
  }

  /// The model asks for a tool behind the gateway. Where a person must agree first, the agent makes
  /// the same call again until somebody has answered.
  ///
  /// @param server that offers the tool
  Returned asksToUse(Hands hands, String server, String tool, Map<String, ?> arguments)
      throws InterruptedException {
    JsonNode given = Words.object(arguments);
    String callId = asksFor(tool, given);
    Span toolSpan = toolSpan(tool, callId, given);
    ToolAsking asking = new ToolAsking(server + "__" + tool, given, place(toolSpan, callId));
    Returned returned;
    try {
      do {
        returned = hands.call(asking);
      } while (returned instanceof Returned.Waiting);
    } catch (RefusedException e) {
      toolSpan.setStatus(StatusCode.ERROR, e.reason());
      end(toolSpan);
      stopped(e);
      throw e;
    }
    toolSpan.setAttribute("gen_ai.tool.call.result", returned.result().toString());
    end(toolSpan);
    messages.add(Words.toolResult(callId, returned.result()));
    return returned;
  }

  private Map<String, String> place(Span toolSpan, String callId) {
    Map<String, String> place = new LinkedHashMap<>();
    place.put("traceparent", "00-" + run() + "-" + toolSpan.getSpanContext().getSpanId() + "-01");
    place.put("steward/tool-call-id", callId);
    place.put("steward/conversation", conversation);
    place.put("steward/workflow", matter.workflow());
    place.put("steward/task", matter.task());
    return place;
  }

  /// A person looks at what was done, for so many minutes.
  void isReviewed(String kind, int minutes) throws InterruptedException {
    Span review =
        child("review " + kind, SpanKind.INTERNAL)
            .setAttribute("steward.review.kind", kind)
            .setAttribute("steward.review.minutes", minutes);
    timeline.pass(Duration.ofMillis(120));
    end(review);
  }

  /// The model asks for a tool, and the tool fails.
  void failsWith(String tool, Map<String, ?> arguments, String errorType, String message)
      throws InterruptedException {
    JsonNode given = Words.object(arguments);
    String callId = asksFor(tool, given);
    Span toolSpan = toolSpan(tool, callId, given);
    timeline.pass(Duration.ofMillis(900 + stage.dice().nextInt(1_200)));
    toolSpan.setAttribute("error.type", errorType).setStatus(StatusCode.ERROR, message);
    end(toolSpan);
    messages.add(Words.toolResult(callId, Words.object(Map.of("error", message))));
  }

  /// The model searches the documents of a data source.
  void retrieves(String source, String query, List<Map<String, ?>> documents)
      throws InterruptedException {
    Span search =
        child("retrieval " + source, SpanKind.CLIENT)
            .setAttribute("gen_ai.operation.name", "retrieval")
            .setAttribute("gen_ai.provider.name", "documents")
            .setAttribute("gen_ai.data_source.id", source)
            .setAttribute("gen_ai.retrieval.query.text", query)
            .setAttribute(
                "gen_ai.retrieval.documents",
                Words.list(documents.stream().map(Words::object).toList()));
    timeline.pass(Duration.ofMillis(30 + stage.dice().nextInt(60)));
    end(search);
  }

  /// Hands a piece of the work to another agent; what it plays is nested in this act.
  void delegates(
      String to, String request, String itsInstructions, ScriptedModel itsModel, Part part)
      throws InterruptedException {
    JsonNode given = Words.object(Map.of("agent", to, "request", request));
    String callId = asksFor("delegate", given);
    Span toolSpan = toolSpan("delegate", callId, given);
    Act inner =
        new Act(stage, timeline, context.with(toolSpan), to, matter, itsInstructions, itsModel);
    inner.hears(request);
    try {
      part.play(inner);
    } catch (RefusedException e) {
      toolSpan.setStatus(StatusCode.ERROR, to + " was stopped");
      end(toolSpan);
      stopped(e);
      throw e;
    }
    inner.span.setStatus(StatusCode.OK);
    end(inner.span);
    JsonNode answer = inner.messages.getLast();
    toolSpan.setAttribute("gen_ai.tool.call.result", answer.toString());
    end(toolSpan);
    messages.add(Words.toolResult(callId, answer));
  }

  /// The run ends, and its outcome is known.
  void ends(String outcome, double score) {
    Attributes result =
        Attributes.builder()
            .put("gen_ai.evaluation.name", "outcome")
            .put("gen_ai.evaluation.score.label", outcome)
            .put("gen_ai.evaluation.score.value", score)
            .build();
    span.addEvent("gen_ai.evaluation.result", result, timeline.now());
    span.setStatus(StatusCode.OK);
    end(span);
    stage.played();
  }

  /// The run ends in an error.
  void breaks(String errorType, String message) {
    span.setAttribute("error.type", errorType).setStatus(StatusCode.ERROR, message);
    end(span);
    stage.played();
  }

  /// The process dies: its agent span is never sent.
  void vanishes() {
    stage.played();
  }

  private void stopped(RefusedException e) {
    span.setAttribute("error.type", "stopped").setStatus(StatusCode.ERROR, e.reason());
    end(span);
    if (outermost) {
      stage.played();
    }
  }

  /// What a nested act plays.
  @FunctionalInterface
  interface Part {
    void play(Act act) throws InterruptedException;
  }

  private String asksFor(String tool, JsonNode arguments) throws InterruptedException {
    String callId = "call_" + span.getSpanContext().getSpanId().substring(0, 6) + "_" + ++calls;
    turn(Words.toolCall(callId, tool, arguments), "tool_call");
    return callId;
  }

  private void turn(ObjectNode line, String finish) throws InterruptedException {
    Span chat =
        child("chat " + model.name(), SpanKind.CLIENT)
            .setAttribute("gen_ai.operation.name", "chat")
            .setAttribute("gen_ai.provider.name", model.provider())
            .setAttribute("gen_ai.request.model", model.name())
            .setAttribute("gen_ai.system_instructions", Words.instructions(instructions))
            .setAttribute("gen_ai.input.messages", Words.list(messages));
    Thought thought;
    try {
      thought =
          stage
              .mind()
              .think(
                  new Mind.Wish(agent, matter, instructions, messages, line, model, troubles, chat),
                  timeline);
    } catch (RefusedException e) {
      chat.setAttribute("error.type", Integer.toString(e.status()))
          .setStatus(StatusCode.ERROR, e.reason());
      end(chat);
      stopped(e);
      throw e;
    }
    troubles = List.of();
    chat.setAttribute("gen_ai.response.model", thought.version())
        .setAttribute("gen_ai.usage.input_tokens", thought.inputTokens())
        .setAttribute("gen_ai.usage.output_tokens", thought.outputTokens())
        .setAttribute("gen_ai.output.messages", Words.list(List.of(thought.message())))
        .setAttribute(
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons"), List.of(finish));
    if (!thought.response().isEmpty()) {
      chat.setAttribute("gen_ai.response.id", thought.response());
    }
    end(chat);
    messages.add(thought.message());
  }

  private Span toolSpan(String tool, String callId, JsonNode arguments) {
    return child("execute_tool " + tool, SpanKind.INTERNAL)
        .setAttribute("gen_ai.operation.name", "execute_tool")
        .setAttribute("gen_ai.tool.name", tool)
        .setAttribute("gen_ai.tool.call.id", callId)
        .setAttribute("gen_ai.tool.call.arguments", arguments.toString());
  }

  private Span child(String name, SpanKind kind) {
    return stage
        .tracer()
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(context)
        .setStartTimestamp(timeline.now())
        .setAttribute("gen_ai.agent.name", agent)
        .setAttribute("gen_ai.conversation.id", conversation)
        .startSpan();
  }

  private void end(Span ended) {
    Instant now = timeline.now();
    ended.end(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), TimeUnit.NANOSECONDS);
  }
}
