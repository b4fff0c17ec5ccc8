// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.Digest;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.OpenQuestions;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.asking.Sampling.Sampled;
import dev.steward.gateway.asking.TakenQuestion;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Reminders;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings what a modern server requires of its client on the way of tool calls, and what the client
/// brings back for it: a call is passed on with all that its server asks or not at all.
final class InputStep implements AutoCloseable {
  private static final String REQUESTS = "inputRequests";
  private static final String STATE = "requestState";

  private final ToolCalls calls;
  private final Sampling sampling;
  private final Elicitations elicitations;
  private final OpenQuestions<TakenQuestion> open;
  private final Reminders.Watch sweeping;

  InputStep(ToolCalls calls, Sampling sampling, Elicitations elicitations, Reminders reminders) {
    this.calls = calls;
    this.sampling = sampling;
    this.elicitations = elicitations;
    this.open = new OpenQuestions<>(reminders.nanos());
    this.sweeping = reminders.watch(new Overdue());
  }

  /// Gives up questions that wait too long, also while nobody calls.
  private final class Overdue implements Reminders.Listener {
    @Override
    public long idleNanos() {
      return open.anyOverdue() ? Long.MAX_VALUE : 0;
    }

    @Override
    public void remind() {
      open.overdue().forEach(TakenQuestion::close);
    }
  }

  /// Looks through what a server requires before it goes on.
  ///
  /// @param result of a request, whose questions the client is to answer; they are changed to what
  ///   it may be asked
  /// @throws RefusedException DENIED, BUDGET where one of them may not be asked: then none is
  void required(
      Client client,
      ToolSend.Sending sending,
      ToolServer server,
      RpcMessage request,
      ObjectNode result) {
    ToolOrigin within = client.origin(request).within(sending.traceparent());
    Map<OpenQuestions.Key, TakenQuestion> fresh = new LinkedHashMap<>();
    boolean passed = false;
    try {
      for (Map.Entry<String, JsonNode> each : result.path(REQUESTS).properties()) {
        RpcMessage question = question(each.getValue());
        if (AskStep.governs(question.method())) {
          OpenQuestions.Key key = key(client, server, request, result.path(STATE), each.getKey());
          Digest said = Digest.of(question.json().toString());
          TakenQuestion taken =
              open.look(key).filter(kept -> kept.said().equals(said)).orElse(null);
          if (taken == null) {
            taken = judged(client, within, server, question, said);
            fresh.put(key, taken);
          }
          // Asked anew as it was: judged already, and put as it was put then.
          ((ObjectNode) each.getValue()).set("params", taken.asked());
        }
      }
      passed = true;
    } finally {
      for (Map.Entry<OpenQuestions.Key, TakenQuestion> each : fresh.entrySet()) {
        if (passed) {
          open.keep(each.getKey(), each.getValue()).forEach(TakenQuestion::close);
        } else {
          each.getValue().unasked();
        }
      }
    }
  }

  private TakenQuestion judged(
      Client client, ToolOrigin within, ToolServer server, RpcMessage question, Digest said) {
    List<TakenQuestion> taken = new ArrayList<>();
    ToolSend put =
        sending -> {
          // Who approved it may have changed it.
          ObjectNode asked = sending.arguments().deepCopy();
          AskStep.require(elicitations, server, question.method(), asked);
          Optional<Sampled> sampled =
              question.method().equals(AskStep.SAMPLING)
                  ? Optional.of(
                      sampling.ask(client.caller(), sending.place(), server.name(), asked))
                  : Optional.empty();
          taken.add(new TakenQuestion(question.method(), said, asked, sampled));
          return RpcJson.object();
        };
    try {
      passed(calls.call(AskStep.asked(client, within, server, question), put), server);
      return taken.getFirst();
    } catch (RefusedException e) {
      taken.forEach(TakenQuestion::unasked);
      throw e;
    }
  }

  private static RpcMessage question(JsonNode asked) {
    return question(asked.path("method").asString(""), RpcJson.child(asked, "params"));
  }

  private static RpcMessage question(String method, ObjectNode params) {
    ObjectNode json = RpcJson.object();
    json.put("method", method);
    json.set("params", params);
    return new RpcMessage(json);
  }

  /// Answers that a client has brought for a server.
  final class Given {
    private final List<OpenQuestions.Key> keys = new ArrayList<>();
    private final boolean toTask;

    private Given(boolean toTask) {
      this.toTask = toTask;
    }

    /// The server has answered, so that it has them. A task may tell the same question a while
    /// longer; no second one has its name.
    void arrived() {
      if (!toTask) {
        keys.forEach(open::take);
      }
    }
  }

  /// Takes in what a client answers to the questions that it took away. They stay until the server
  /// has the answers: a client that must send them again is asked for nothing and charged nothing
  /// more.
  ///
  /// @throws RefusedException where they may not be answered any more
  Given given(Client client, ToolSend.Sending sending, ToolServer server, RpcMessage request) {
    ToolOrigin within = client.origin(request).within(sending.traceparent());
    Given given = new Given(ofTask(request));
    for (Map.Entry<String, JsonNode> each : request.params().path("inputResponses").properties()) {
      if (each.getValue() instanceof ObjectNode answer) {
        OpenQuestions.Key key =
            key(client, server, request, request.params().path(STATE), each.getKey());
        Optional<TakenQuestion> taken = open.look(key);
        if (taken.isEmpty()) {
          taken = unknown(client, sending, server, answer);
          taken.ifPresent(question -> open.keep(key, question).forEach(TakenQuestion::close));
        }
        if (taken.isPresent()) {
          given.keys.add(key);
          given(client, within, sending, server, taken.get(), answer);
        }
      }
    }
    return given;
  }

  private void given(
      Client client,
      ToolOrigin within,
      ToolSend.Sending sending,
      ToolServer server,
      TakenQuestion taken,
      ObjectNode answer) {
    // Whatever is decided now, the client's model has worked.
    taken.charge(
        answer, () -> sampling.ask(client.caller(), sending.place(), server.name(), taken.asked()));
    ToolAsked asked =
        AskStep.asked(client, within, server, question(taken.method(), taken.asked()));
    ToolSend bring =
        bringing -> {
          if (!bringing.arguments().equals(asked.arguments())) {
            throw new ToolServerException(
                new Reason.NotSent(
                    "Who approved it changed the question, and that was answered already: make the"
                        + " call anew."));
          }
          return answer.deepCopy();
        };
    passed(calls.call(asked, bring), server);
  }

  /// A question that is not known any more, as far as its answer tells what it was; empty where it
  /// was none that is governed.
  private Optional<TakenQuestion> unknown(
      Client client, ToolSend.Sending sending, ToolServer server, ObjectNode answer) {
    String method =
        answer.has("model") && answer.has("content")
            ? AskStep.SAMPLING
            : answer.has("action") ? AskStep.ELICITATION : answer.has("roots") ? AskStep.ROOTS : "";
    if (method.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode nothing = RpcJson.object();
    Optional<Sampled> sampled =
        method.equals(AskStep.SAMPLING)
            ? Optional.of(sampling.ask(client.caller(), sending.place(), server.name(), nothing))
            : Optional.empty();
    return Optional.of(new TakenQuestion(method, Digest.of(""), RpcJson.object(), sampled));
  }

  private static void passed(ToolEnding ending, ToolServer server) {
    String why =
        switch (ending) {
          case ToolEnding.Answered _, ToolEnding.Begun _ -> "";
          case ToolEnding.Refused refused -> refused.text();
          case ToolEnding.NoSuchTool _ ->
              server.name() + " asks something of its client that no policy allows it to ask.";
          case ToolEnding.Pending pending -> pending.text();
          case ToolEnding.Failed failed -> failed.error().path("message").asString("");
          case ToolEnding.Unreached unreached -> unreached.text();
        };
    if (!why.isEmpty()) {
      throw new RefusedException(Refusal.of(Refusal.Kind.DENIED, why));
    }
  }

  private static boolean ofTask(RpcMessage request) {
    return request.method().startsWith("tasks/");
  }

  private static OpenQuestions.Key key(
      Client client, ToolServer server, RpcMessage request, JsonNode state, String question) {
    String task = ofTask(request) ? request.param("taskId") : "";
    String of = Digest.of(task + "\n" + state.asString("")).hex();
    return new OpenQuestions.Key(client.owner(), String.join("\n", server.name(), of, question));
  }

  @Override
  public void close() {
    sweeping.close();
  }
}
