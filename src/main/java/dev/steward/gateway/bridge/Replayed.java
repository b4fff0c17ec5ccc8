// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.bridge;

import dev.steward.gateway.connection.Answers;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.rpc.RpcJson;
import dev.steward.gateway.rpc.RpcMessage;
import dev.steward.gateway.tool.ToolServerException;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Header;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a modern server says to one request, in legacy form: what it requires comes as questions,
/// after which it is asked again.
final class Replayed implements Answers {
  private static final int ROUNDS_MAX = 16;
  private static final long ANSWER_MINUTES = 10;
  private static final String RESPONSES = "inputResponses";

  private final LegacyOverModern server;
  private final RpcMessage request;
  private final List<Header> headers;
  private final Cuttable call;
  private final Deque<Question> open = new ArrayDeque<>();
  private ObjectNode given = RpcJson.object();
  private JsonNode state = RpcJson.object().path("none");
  private @Nullable Question waited;
  private Answers answers;
  private int rounds;
  private boolean ended;

  Replayed(LegacyOverModern server, RpcMessage request, List<Header> headers, Cuttable call)
      throws ToolServerException {
    this.server = server;
    this.request = request;
    this.headers = headers;
    this.call = call;
    this.answers = server.send(request, headers, call);
  }

  private record Question(
      String key, JsonNode asked, String id, BlockingQueue<RpcMessage> answer) {}

  @Override
  public boolean streaming() {
    return answers.streaming();
  }

  @Override
  public @Nullable RpcMessage next() throws ToolServerException {
    while (!ended) {
      if (waited != null) {
        await(waited);
        waited = null;
        if (open.isEmpty()) {
          again();
        }
      }
      Question next = open.poll();
      if (next != null) {
        waited = next;
        return message(next);
      }
      RpcMessage said = answers.next();
      if (said == null || said.kind() != RpcMessage.Kind.RESPONSE) {
        return said;
      }
      if (!(said.json().path("result") instanceof ObjectNode result)
          || !result.path("resultType").asString("").equals("input_required")) {
        ended = true;
        return older(said);
      }
      required(result);
    }
    return null;
  }

  private void required(ObjectNode result) throws ToolServerException {
    if (++rounds > ROUNDS_MAX) {
      throw new ToolServerException(
          new Reason.Unknown("The tool server asks more than " + ROUNDS_MAX + " times.", false));
    }
    given = RpcJson.object();
    state = result.path("requestState");
    for (Map.Entry<String, JsonNode> each : result.path("inputRequests").properties()) {
      BlockingQueue<RpcMessage> answer = LegacyOverModern.oneAnswer();
      open.add(new Question(each.getKey(), each.getValue(), server.question(answer), answer));
    }
    if (open.isEmpty()) {
      again();
    }
  }

  private static RpcMessage message(Question question) {
    ObjectNode json = RpcJson.object();
    json.put("jsonrpc", "2.0");
    json.put("id", question.id());
    json.set("method", question.asked().path("method"));
    json.set("params", RpcJson.child(question.asked(), "params"));
    return new RpcMessage(json);
  }

  private void await(Question question) throws ToolServerException {
    RpcMessage answer;
    try {
      answer = call.waiting(() -> question.answer().poll(ANSWER_MINUTES, TimeUnit.MINUTES));
    } catch (IOException e) {
      throw new ToolServerException(
          new Reason.Unknown("The call was interrupted while its client was asked.", false), e);
    }
    if (answer != null && answer.json().path("result") instanceof ObjectNode result) {
      given.set(question.key(), result);
    } else if (question.asked().path("method").asString("").equals("elicitation/create")) {
      given.set(question.key(), RpcJson.object().put("action", "cancel"));
    } else {
      throw new ToolServerException(
          new Reason.Unknown(
              "The client did not answer what the tool server asked it ("
                  + question.asked().path("method").asString("")
                  + "), so the call was not finished.",
              false));
    }
  }

  private void again() throws ToolServerException {
    answers.close();
    RpcMessage more = request.copy();
    more.json().put("id", request.id().asString() + "-" + rounds);
    more.params().set(RESPONSES, given);
    if (state.isString()) {
      more.params().set("requestState", state);
    }
    answers = server.send(more, headers, call);
  }

  /// The response as an older client knows it.
  private RpcMessage older(RpcMessage said) {
    ObjectNode json = said.json();
    json.set("id", request.id());
    if (json.path("result") instanceof ObjectNode result) {
      result.remove(List.of("resultType", "ttlMs", "cacheScope"));
      if (result.has("structuredContent") && !result.path("structuredContent").isObject()) {
        result.remove("structuredContent");
      }
    }
    return said;
  }

  @Override
  public void close() {
    for (Question each : open) {
      server.forget(each.id());
    }
    if (waited != null) {
      server.forget(waited.id());
    }
    answers.close();
  }
}
