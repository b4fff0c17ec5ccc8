// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.step;

import dev.steward.domain.call.Feature;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.asking.Elicitations;
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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Brings what tool servers ask of their clients on the way of tool calls: a question that may not
/// be asked never reaches the client.
public final class AskStep {
  static final String SAMPLING = "sampling/createMessage";
  static final String ELICITATION = "elicitation/create";
  static final String ROOTS = "roots/list";
  private static final long ANSWER_MINUTES = 10;

  private final ToolCalls calls;
  private final Sampling sampling;
  private final Elicitations elicitations;

  public AskStep(ToolCalls calls, Sampling sampling, Elicitations elicitations) {
    this.calls = calls;
    this.sampling = sampling;
    this.elicitations = elicitations;
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
  /// @param put puts a question before the client
  /// @return the response for the server
  public ObjectNode ask(
      Client client,
      ToolOrigin within,
      ToolServer server,
      RpcMessage question,
      Function<RpcMessage, Question> put) {
    return governs(question.method())
        ? governed(client, within, server, question, put)
        : plain(question, put);
  }

  /// What asks for nothing, such as a ping.
  private static ObjectNode plain(RpcMessage question, Function<RpcMessage, Question> put) {
    Cuttable waiting = new Cuttable(Thread.currentThread());
    try {
      return RpcMessage.result(question.id(), answer(put.apply(question).answer(), waiting));
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
      Function<RpcMessage, Question> put) {
    ToolSend send =
        sending -> {
          // Who approved it may have changed it.
          ObjectNode asked = sending.arguments().deepCopy();
          require(elicitations, server, question.method(), asked);
          if (!question.method().equals(SAMPLING)) {
            return answer(put.apply(with(question, asked)).answer(), sending.cuttable());
          }
          try (Sampled sampled =
              sampling.ask(sending.caller(), sending.place(), server.name(), asked)) {
            ObjectNode result;
            try {
              result = answer(put.apply(with(question, asked)).answer(), sending.cuttable());
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

  /// The question with what is asked in the end.
  private static RpcMessage with(RpcMessage question, ObjectNode asked) {
    if (asked.equals(question.params())) {
      return question;
    }
    RpcMessage changed = question.copy();
    changed.json().set("params", asked);
    return changed;
  }

  /// A question as a call of its client.
  static ToolAsked asked(Client client, ToolOrigin within, ToolServer server, RpcMessage question) {
    return new ToolAsked(
        within.caller().orElse(client.caller()),
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

  /// @throws RefusedException DENIED for what is put before nobody
  static void require(
      Elicitations elicitations, ToolServer server, String method, ObjectNode asked) {
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
}
