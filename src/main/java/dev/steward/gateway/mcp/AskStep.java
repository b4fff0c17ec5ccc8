// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.mcp;

import dev.steward.domain.Digest;
import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.asking.Elicitations;
import dev.steward.gateway.asking.OpenQuestions;
import dev.steward.gateway.asking.Sampling;
import dev.steward.gateway.asking.Sampling.Sampled;
import dev.steward.gateway.entry.Client;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcError;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.session.Session.Question;
import dev.steward.gateway.tool.ClientAbilities;
import dev.steward.gateway.tool.ToolAsked;
import dev.steward.gateway.tool.ToolCalls;
import dev.steward.gateway.tool.ToolEnding;
import dev.steward.gateway.tool.ToolOrigin;
import dev.steward.gateway.tool.ToolSend;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings what tool servers ask of their clients on the way of tool calls: a question that may not
/// be asked never reaches the client.
final class AskStep {
  static final String SAMPLING = "sampling/createMessage";
  static final String ELICITATION = "elicitation/create";
  private static final String ROOTS = "roots/list";
  private static final long ANSWER_MINUTES = 10;
  private static final String REQUESTS = "inputRequests";
  private static final String STATE = "requestState";

  private final ToolCalls calls;
  private final Sampling sampling;
  private final Elicitations elicitations;
  private final OpenQuestions<Taken> open;

  AskStep(
      ToolCalls calls, Sampling sampling, Elicitations elicitations, OpenQuestions<Taken> open) {
    this.calls = calls;
    this.sampling = sampling;
    this.elicitations = elicitations;
    this.open = open;
  }

  /// What a client took away with a result.
  ///
  /// @param said digest of what the server asked, before anything was changed in it
  /// @param asked what the client was asked
  /// @param sampled empty where it is no question to its model
  record Taken(String method, Digest said, ObjectNode asked, Optional<Sampled> sampled)
      implements AutoCloseable {
    @Override
    public void close() {
      sampled.ifPresent(Sampled::close);
    }
  }

  /// Whether the question is one that policy is asked about.
  static boolean governs(String method) {
    return method.equals(SAMPLING) || method.equals(ELICITATION) || method.equals(ROOTS);
  }

  private static String feature(String method) {
    return Feature.ASKS.named(
        switch (method) {
          case SAMPLING -> "sampling";
          case ELICITATION -> "elicitation";
          default -> "roots";
        });
  }

  /// Asks a client within its session, and waits for its answer.
  ///
  /// @param question as the server asked it
  /// @param put puts the question before the client
  /// @return the response for the server
  ObjectNode ask(
      Client client,
      ToolOrigin within,
      ToolServer server,
      RpcMessage question,
      Supplier<Question> put) {
    return governs(question.method())
        ? governed(client, within, server, question, put)
        : plain(question, put);
  }

  /// What asks for nothing, such as a ping.
  private static ObjectNode plain(RpcMessage question, Supplier<Question> put) {
    Cuttable waiting = new Cuttable(Thread.currentThread());
    try {
      return RpcMessage.result(question.id(), answer(put.get().answer(), waiting));
    } catch (ToolServerException e) {
      return e.reason() instanceof Reason.Refused refused
          ? RpcMessage.error(question.id(), refused.error())
          : denied(question.id(), String.valueOf(e.getMessage()));
    } finally {
      waiting.done();
    }
  }

  private ObjectNode governed(
      Client client,
      ToolOrigin within,
      ToolServer server,
      RpcMessage question,
      Supplier<Question> put) {
    ToolSend send =
        sending -> {
          ObjectNode asked = question.params();
          require(server, question.method(), asked);
          if (!question.method().equals(SAMPLING)) {
            return answer(put.get().answer(), sending.cuttable());
          }
          try (Sampled sampled =
              sampling.ask(client.caller(), sending.place(), server.name(), asked)) {
            ObjectNode result;
            try {
              result = answer(put.get().answer(), sending.cuttable());
            } catch (ToolServerException e) {
              if (e.reason() instanceof Reason.Refused) {
                sampled.refused();
              }
              throw e;
            }
            sampled.answered(result);
            return result;
          }
        };
    JsonNode id = question.id();
    return switch (calls.call(asked(client, within, server, question), send)) {
      case ToolEnding.Answered answered -> RpcMessage.result(id, answered.result());
      case ToolEnding.Begun begun -> RpcMessage.result(id, begun.result());
      case ToolEnding.Failed failed -> RpcMessage.error(id, failed.error());
      case ToolEnding.Refused refused -> denied(id, refused.text());
      case ToolEnding.NoSuchTool _ -> denied(id, "The client may not be asked that.");
      case ToolEnding.Pending pending -> denied(id, pending.text());
      case ToolEnding.Unreached unreached -> denied(id, unreached.text());
    };
  }

  private static ToolAsked asked(
      Client client, ToolOrigin within, ToolServer server, RpcMessage question) {
    return new ToolAsked(
        client.caller(),
        within,
        server.name(),
        question.method(),
        feature(question.method()),
        question.params().deepCopy(),
        "",
        ClientAbilities.NONE);
  }

  private static ObjectNode denied(JsonNode id, String why) {
    return RpcMessage.error(id, RpcError.of(RpcError.DENIED, 200, why).json());
  }

  private void require(ToolServer server, String method, ObjectNode asked) {
    Optional<String> wrong =
        method.equals(ELICITATION) ? elicitations.wrong(server, asked) : Optional.empty();
    if (wrong.isPresent()) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "What "
                  + server.name()
                  + " asks is not put before people, since "
                  + wrong.get()
                  + "."));
    }
  }

  private static ObjectNode answer(BlockingQueue<RpcMessage> answers, Cuttable cuttable)
      throws ToolServerException {
    RpcMessage answer;
    try {
      answer = cuttable.waiting(() -> answers.poll(ANSWER_MINUTES, TimeUnit.MINUTES));
    } catch (IOException e) {
      throw new ToolServerException(
          new Reason.Unknown("The client was asked, but not waited for.", false), e);
    }
    if (answer == null) {
      throw new ToolServerException(
          new Reason.Unknown(
              "The client has not answered within " + ANSWER_MINUTES + " minutes.", true));
    }
    if (answer.json().path("result") instanceof ObjectNode result) {
      return result;
    }
    ObjectNode error = RpcJson.child(answer.json(), "error");
    throw new ToolServerException(new Reason.Refused(error, error.path("message").asString("")));
  }

  /// Looks through what a server requires before it goes on.
  ///
  /// @param result of a request, whose questions the client is to answer
  /// @throws RefusedException DENIED, BUDGET where one of them may not be asked
  void required(
      Client client,
      ToolSend.Sending sending,
      ToolServer server,
      RpcMessage request,
      ObjectNode result) {
    for (Taken late : open.overdue()) {
      late.close();
    }
    ToolOrigin within = client.origin(request).within(sending.traceparent());
    for (Map.Entry<String, JsonNode> each : result.path(REQUESTS).properties()) {
      RpcMessage question = question(each.getValue());
      if (governs(question.method())) {
        String key = key(client, server, task(request), result.path(STATE), each.getKey());
        Digest said = Digest.of(question.json().toString());
        Optional<Taken> kept = open.look(key).filter(taken -> taken.said().equals(said));
        if (kept.isPresent()) {
          // Asked anew as it was: judged already, and put as it was put then.
          ((ObjectNode) each.getValue()).set("params", kept.get().asked().deepCopy());
          continue;
        }
        passed(
            calls.call(
                asked(client, within, server, question),
                asking -> {
                  require(server, question.method(), question.params());
                  Optional<Sampled> sampled =
                      question.method().equals(SAMPLING)
                          ? Optional.of(
                              sampling.ask(
                                  client.caller(),
                                  asking.place(),
                                  server.name(),
                                  question.params()))
                          : Optional.empty();
                  Taken taken = new Taken(question.method(), said, question.params(), sampled);
                  for (Taken over : open.keep(key, taken)) {
                    over.close();
                  }
                  return RpcJson.object();
                }),
            server);
      }
    }
  }

  private static RpcMessage question(JsonNode asked) {
    ObjectNode json = RpcJson.object();
    json.set("method", asked.path("method"));
    json.set("params", RpcJson.child(asked, "params"));
    return new RpcMessage(json);
  }

  /// Takes in what a client answers to the questions that it took away.
  ///
  /// @throws RefusedException where they may not be answered any more
  void given(Client client, ToolSend.Sending sending, ToolServer server, RpcMessage request) {
    ToolOrigin within = client.origin(request).within(sending.traceparent());
    for (Map.Entry<String, JsonNode> each : request.params().path("inputResponses").properties()) {
      String key = key(client, server, task(request), request.params().path(STATE), each.getKey());
      Optional<Taken> taken = open.take(key);
      if (each.getValue() instanceof ObjectNode answer) {
        if (taken.isPresent()) {
          given(client, within, server, taken.get(), answer);
        } else if (answer.has("model") && answer.has("content")) {
          unasked(client, sending, server, answer);
        }
      }
    }
  }

  private void given(
      Client client, ToolOrigin within, ToolServer server, Taken taken, ObjectNode answer) {
    // Whatever is decided now, the client's model has worked.
    taken.sampled().ifPresent(sampled -> sampled.answered(answer));
    ObjectNode json = RpcJson.object();
    json.put("method", taken.method());
    json.set("params", taken.asked());
    passed(
        calls.call(asked(client, within, server, new RpcMessage(json)), _ -> answer.deepCopy()),
        server);
  }

  /// An answer of a model to a question that is not known any more.
  private void unasked(
      Client client, ToolSend.Sending sending, ToolServer server, ObjectNode answer) {
    try (Sampled sampled =
        sampling.ask(client.caller(), sending.place(), server.name(), RpcJson.object())) {
      sampled.answered(answer);
    }
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

  /// The task that is asked for, "" for none.
  private static String task(RpcMessage request) {
    return request.method().startsWith("tasks/") ? request.param("taskId") : "";
  }

  private static String key(
      Client client, ToolServer server, String task, JsonNode state, String question) {
    String of = Digest.of(task + "\n" + state.asString("")).hex();
    return String.join("\n", client.owner(), server.name(), of, question);
  }
}
